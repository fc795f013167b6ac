// Colours, sizes and distances have names, in `src/style/tokens.css`; nothing else spells them out.
const NOTHING = ["0", "auto", "inherit", "none", "unset", "initial", "currentcolor", "transparent"];

/** A property takes only these words and values made of them. */
const only = (...words) => [
  new RegExp(`^(?:(?:${[...NOTHING, ...words].join("|")})(?:\\s+|\\s*/\\s*|$))+$`, "iu"),
];

const distance = only(
  "calc\\((?![^;]*\\d(?:px|r?em))[^;]*\\)",
  "-?var\\(--(?:space|row)[a-z0-9-]*\\)",
  "env\\([^)]*\\)",
);

export default {
  overrides: [{ files: ["**/*.ts"], customSyntax: "postcss-lit" }],
  ignoreFiles: ["src/style/tokens.css", "src/style/fonts.css"],
  rules: {
    "color-named": "never",
    "color-no-hex": true,
    "function-disallowed-list": [
      "rgb",
      "rgba",
      "hsl",
      "hsla",
      "hwb",
      "lab",
      "lch",
      "oklab",
      "oklch",
    ],
    "declaration-property-value-allowed-list": {
      "/^(margin|padding|gap|row-gap|column-gap)/": distance,
      "font-family": only("var\\(--font-[a-z]+\\)"),
      "font-size": only("var\\(--size-\\d+\\)"),
      "font-weight": only("var\\(--weight-[a-z]+\\)"),
      "/radius$/": only("var\\(--radius-\\d+\\)", "50%"),
      "box-shadow": only("var\\(--shadow\\)"),
      "/^(transition|animation)-duration$/": only("var\\(--quick\\)"),
    },
  },
};
