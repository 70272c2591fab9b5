/**
 * The look of an HTML report. Colours are pairs of text and ground with a contrast of at least 4.5 to 1, one set for
 * light and one for dark; nothing is wider than the window, from 320 pixels up.
 */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --ground: #ffffff; --panel: #f6f8fa; --line: #d1d9e0; --text: #1f2328; --soft: #59636e;
  --good: #116329; --good-ground: #dafbe1; --warning: #7d4e00; --warning-ground: #fff8c5;
  --danger: #a40e26; --danger-ground: #ffebe9; --declared: #0550ae; --declared-ground: #ddf4ff;
  --found: #6639ba; --found-ground: #fbefff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #0d1117; --panel: #151b23; --line: #3d444d; --text: #f0f6fc; --soft: #9198a1;
    --good: #6fdd8b; --good-ground: #12261e; --warning: #eac54f; --warning-ground: #272115;
    --danger: #ff9492; --danger-ground: #2d1517; --declared: #79c0ff; --declared-ground: #121d2f;
    --found: #d2a8ff; --found-ground: #1d1830;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
.long, .command, a, pre { overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; } h2 { font-size: 1.25rem; } h3, h4 { font-size: 1.1rem; }
li:has(> .mark) { list-style: none; margin-left: -1.25rem; }
.origins { list-style: none; padding: 0; margin-bottom: 1rem; color: var(--soft); font-size: 0.875rem; }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
code, pre { font: 0.875em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
code { background: var(--panel); border-radius: 0.25rem; padding: 0.1em 0.3em; white-space: pre-wrap; }
code.command { display: inline-block; padding: 0.3em 0.6em; }
button { font: inherit; font-size: 0.8rem; color: var(--text); background: var(--panel); border: 1px solid var(--line);
  border-radius: 0.375rem; padding: 0.15rem 0.6rem; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--warning); outline-offset: 2px; }
code.before { color: var(--danger); background: var(--danger-ground); }
code.after { color: var(--good); background: var(--good-ground); }
code.lost { color: var(--danger); background: none; font-weight: 700; }
code.declared { color: var(--declared); background: var(--declared-ground); }
code.found { color: var(--found); background: var(--found-ground); }
pre { background: var(--panel); padding: 0.75rem; border-radius: 0.375rem; white-space: pre-wrap; }
ul { padding-left: 1.25rem; margin: 0.5rem 0; } li { margin: 0.25rem 0; }
p.good, p.warning, p.danger { padding: 0.5rem 0.75rem; border-radius: 0.375rem; border: 1px solid; }
.good { color: var(--good); } p.good { background: var(--good-ground); }
.warning { color: var(--warning); } p.warning { background: var(--warning-ground); }
.danger { color: var(--danger); } p.danger { background: var(--danger-ground); }
.muted { color: var(--soft); }
.mark { display: inline-block; min-width: 1em; font-weight: 700; text-align: center; }
table { width: 100%; border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; white-space: nowrap; }
.columns-2 td, .columns-3 td:not(:first-child) { min-width: 12rem; }
td:first-child { white-space: nowrap; }
details { border: 1px solid var(--line); border-radius: 0.375rem; margin: 0.75rem 0; padding: 0 0.75rem; }
summary { cursor: pointer; padding: 0.6rem 0; }
summary:focus-visible, pre:focus-visible { outline: 2px solid var(--warning); outline-offset: 2px; }
.badge { display: inline-block; font-size: 0.75rem; font-weight: 600; border: 1px solid; border-radius: 1rem;
  padding: 0 0.5rem; }
.badge.added, .badge.good { color: var(--good); background: var(--good-ground); }
.badge.changed, .badge.warning { color: var(--warning); background: var(--warning-ground); }
.badge.removed { color: var(--soft); background: var(--panel); }
.badge.danger { color: var(--danger); background: var(--danger-ground); }
figure { margin: 0.75rem 0; } figcaption { color: var(--soft); font-weight: 600; }
.routing ol { list-style: none; margin: 0; padding: 0; }
.filter { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0.75rem; padding: 0.5rem 0;
  border-top: 1px solid var(--line); }
.filter > div code { display: block; margin-top: 0.25rem; }
.filter > ol { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem; }
.target { border: 1px solid var(--line); border-radius: 0.375rem; padding: 0.2rem 0.6rem; max-width: 100%; margin: 0; }
.target + .target { margin-left: 1.5rem; position: relative; }
.target + .target::before { content: "→"; position: absolute; left: -1.25rem; color: var(--soft); }
.way .target + .target { margin-left: 0.25rem; }
.way .target + .target::before { content: none; }
.target small { display: block; color: var(--soft); font-size: 0.8rem; }
.target.added { border-color: var(--good); } .target.changed { border-color: var(--warning); }
.target.removed { border-color: var(--soft); color: var(--soft); border-style: dashed; }
.target.lost { border: 2px solid var(--danger); } .target.lost small.nobody { color: var(--danger); font-weight: 600; }
.target.end { color: var(--danger); background: var(--danger-ground); font-weight: 700; }
.removed > span:first-child, .removed > div > strong { text-decoration: line-through; }
@media (max-width: 40rem) {
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { border: 1px solid var(--line); border-radius: 0.375rem; margin: 0.5rem 0; padding: 0.25rem 0; }
  td, .columns-2 td, .columns-3 td:not(:first-child) { border: 0; padding: 0.25rem 0.75rem; min-width: 0; }
  td:first-child { white-space: normal; }
  td::before { content: attr(data-column); display: block; color: var(--soft); font-size: 0.8rem; }
  td:empty { display: none; }
  .filter { grid-template-columns: minmax(0, 1fr); }
  main { overflow-wrap: anywhere; }
}
@media print { details > :not(summary) { display: block; } }
`;
