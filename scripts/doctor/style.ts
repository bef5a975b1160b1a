/** How the doctor's page looks: the app's colours, light and dark, and nothing that must be fetched. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f8f6f0, #0f1716);
  --sheet: light-dark(#fffefb, #16211f);
  --ink: light-dark(#15221f, #ece8dd);
  --muted: light-dark(#55635e, #a3b0aa);
  --line: light-dark(#dedacd, #2a3734);
  --accent: light-dark(#0d6656, #62c6ac);
  --danger: light-dark(#a2361f, #f2937d);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2rem clamp(1rem, 4vw, 3rem) 4rem; max-width: 84rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.55 Inter, system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif;
}
h1 { margin: 0; font-size: 2rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 3rem 0 .25rem; font-size: 1.5rem; line-height: 1.3; }
h3 { margin: 1.5rem 0 .75rem; font-size: 1.1875rem; }
h3 span, p, figcaption, small { color: var(--muted); }
p { margin: .25rem 0 1rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .2em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: .25rem; }
ul { list-style: none; margin: 0; padding: 0; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin-top: 1rem; }
nav b { font-variant-numeric: tabular-nums; }
.sheet { display: grid; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)); gap: 1.25rem 1rem; }
.group { padding: 1rem 0; border-top: 1px solid var(--line); }
.group > p { margin: 0 0 .75rem; }
.warning { color: var(--danger); }
.picture { display: block; color: inherit; text-decoration: none; }
.picture:hover .file { text-decoration: underline; }
.picture img {
  display: block; width: 100%; aspect-ratio: 1; object-fit: contain; margin-bottom: .5rem;
  background: var(--sheet); border: 1px solid var(--line); border-radius: .5rem;
}
.picture span { display: block; font-size: .875rem; line-height: 1.4; overflow-wrap: anywhere; }
.picture .file { font-size: .75rem; color: var(--muted); }
.paths li { padding: .375rem 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .25rem 1.25rem .25rem 0; border-bottom: 1px solid var(--line); text-align: right; }
th:first-child { text-align: left; font-weight: 400; }
thead th:first-child { font-weight: 700; }
thead th { white-space: nowrap; }
`;
