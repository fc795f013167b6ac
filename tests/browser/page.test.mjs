// The page in a real browser: node page.test.mjs --dist DIR [--zip FILE] [--shots DIR]
import "./editing.mjs";
import "./assistance.mjs";
import "./choosing.mjs";
import "./trouble.mjs";
import "./small-screen.mjs";
import "./walk.mjs";
import "./without.mjs";
import "./keyboard.mjs";
import "./appearance.mjs";
