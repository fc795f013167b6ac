/**
 * Collects how everything on the page looks. Runs inside the page, so it uses nothing from outside:
 * `strangers` are colours that are no token, `small` are controls that a finger would miss.
 */
export function measureLook() {
  const look = { strangers: [], small: [], sizes: 0, families: 0, radii: 0, overflow: 0 };
  const [sizes, families, radii] = [new Set(), new Set(), new Set()];
  const tokens = tokenColours();
  for (const element of everyElement(document.body)) {
    if (!element.checkVisibility({ visibilityProperty: true }) || element instanceof SVGElement) {
      continue;
    }
    const style = getComputedStyle(element);
    const name = `${element.localName}.${element.className}`;
    for (const property of ["color", "background-color", ...bordersOf(style)]) {
      const colour = style.getPropertyValue(property);
      if (!tokens.has(colour) && !isTransparent(colour)) {
        look.strangers.push(`${name} ${property}: ${colour}`);
      }
    }
    if (hasOwnText(element)) {
      sizes.add(style.fontSize);
      families.add(style.fontFamily);
    }
    if (style.borderTopLeftRadius !== "0px") {
      radii.add(style.borderTopLeftRadius);
    }
    const box = element.getBoundingClientRect();
    if (element.matches("button, [role=treeitem]") && (box.width < 24 || box.height < 24)) {
      look.small.push(`${name} ${box.width} × ${box.height}`);
    }
  }
  look.sizes = sizes.size;
  look.families = families.size;
  look.radii = radii.size;
  look.overflow = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  return look;

  function* everyElement(root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) {
        yield* everyElement(element.shadowRoot);
      }
    }
  }

  function tokenColours() {
    const probe = document.createElement("i");
    document.body.append(probe);
    const colours = new Set();
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    for (const rule of rules.filter(({ selectorText }) => selectorText === ":root")) {
      for (const property of rule.style) {
        if (
          property.startsWith("--") &&
          CSS.supports("color", rule.style.getPropertyValue(property))
        ) {
          probe.style.color = `var(${property})`;
          colours.add(getComputedStyle(probe).color);
        }
      }
    }
    probe.remove();
    return colours;
  }

  function bordersOf(style) {
    return ["top", "right", "bottom", "left"]
      .filter((side) => style.getPropertyValue(`border-${side}-width`) !== "0px")
      .map((side) => `border-${side}-color`);
  }

  function isTransparent(colour) {
    return /^rgba\(.*, 0\)$/.test(colour);
  }

  function hasOwnText(element) {
    return [...element.childNodes].some(
      (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== "",
    );
  }
}
