/** The one style sheet of the pictures: light and dark, phone and paper. */
export const STYLE = `
:root { color-scheme: light dark; --ground: #eef1f3; --card: #fff; --ink: #12202b; --soft: #4a5866; --line: #d5dce1; --faint: #e6ebee;
  --good: #0b6b4f; --good-ground: #dcf2e8; --bad: #a3261c; --bad-ground: #fbe4e1; --open: #5b6874; --open-ground: #e8edf1; --inside: #dcecf7; --hatch: #8aa3b5; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #10171d; --card: #1a242c; --ink: #edf2f5; --soft: #aab7c2; --line: #3a4954; --faint: #26323b;
    --good: #6fd8ae; --good-ground: #123a2e; --bad: #ff9d92; --bad-ground: #47201d; --open: #b3c0ca; --open-ground: #2b3842; --inside: #1d3648; --hatch: #5f7a8d; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px 64px; background: var(--ground); color: var(--ink);
  font: 16px/1.5 -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', Helvetica, Arial, sans-serif; }
main { max-width: 1040px; margin: 0 auto; }
header { margin: 0 0 16px; }
h1 { margin: 0; font-size: 27px; line-height: 1.25; }
h2 { margin: 0 0 10px; font-size: 20px; line-height: 1.3; }
h3 { margin: 22px 0 6px; font-size: 16.5px; line-height: 1.35; }
h1, h2, h3, p, td, th, li, dd, code { overflow-wrap: anywhere; }
p { margin: 0 0 10px; }
.soft, .about, caption, figcaption, dt { color: var(--soft); }
.about { font-size: 14px; }
section { margin: 0 0 16px; padding: 20px 22px; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
section > :last-child { margin-bottom: 0; }
.badge { display: inline-block; padding: 1px 10px; border: 1.5px solid currentColor; border-radius: 99px; font-size: 14px; font-weight: 650; line-height: 1.6; }
.badge.better { color: var(--good); background: var(--good-ground); }
.badge.worse { color: var(--bad); background: var(--bad-ground); }
.badge.open { color: var(--open); background: var(--open-ground); }
.verdict { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: baseline; margin: 0 0 10px; }
.verdict .badge { font-size: 18px; }
.verdict p { flex: 1 1 20rem; margin: 0; font-size: 17.5px; }
ul.plain { margin: 0 0 10px; padding: 0; list-style: none; }
ul.plain li { margin: 0 0 8px; }
dl.facts { display: flex; flex-wrap: wrap; gap: 4px 28px; margin: 0 0 12px; }
dl.facts div { min-width: 6rem; }
dt { font-size: 13.5px; }
dd { margin: 0; font-weight: 600; }
code { font: 14px/1.5 ui-monospace, Menlo, Consolas, monospace; }
figure { margin: 0 0 14px; }
figcaption { margin: 0 0 6px; font-size: 14px; }
table { width: 100%; margin: 0 0 14px; border-collapse: collapse; font-size: 14.5px; font-variant-numeric: tabular-nums; }
caption { padding: 0 0 4px; text-align: left; font-size: 14px; }
th, td { padding: 6px 8px; border-top: 1px solid var(--faint); text-align: left; vertical-align: middle; font-weight: 400; }
section > h2 + table > caption { position: absolute; clip-path: inset(50%); }
thead th { border-top: 0; color: var(--soft); font-size: 13px; vertical-align: bottom; }
tbody th { font-weight: 600; }
small { display: block; color: var(--soft); font-weight: 400; font-size: 13px; }
.word { font-weight: 600; }
.word.better { color: var(--good); } .word.worse { color: var(--bad); } .word.open { color: var(--open); }
table.bars, .bars caption, .bars thead, .bars tbody, .bars tfoot { display: block; }
.bars tr { display: grid; grid-template-columns: minmax(0, 1.1fr) minmax(0, 2fr) repeat(var(--facts, 3), minmax(0, 0.8fr)); }
.bars.facts-2 { --facts: 2; } .bars.facts-3 { --facts: 3; } .bars.facts-4 { --facts: 4; } .bars.facts-5 { --facts: 5; }
.bars th, .bars td { display: flex; flex-direction: column; justify-content: center; }
.bars td.plot { position: relative; padding: 0 8px; min-height: 46px; }
.bars tbody td.plot > svg { position: absolute; inset: 0 8px; width: calc(100% - 16px); height: 100%; }
.bars tfoot td { border-top: 1px solid var(--line); padding-top: 0; padding-bottom: 0; }
.bars tfoot td.plot { min-height: 24px; }
.bars svg { display: block; width: 100%; overflow: visible; }
.bars .gap { position: relative; align-self: center; padding: 1px 8px; background: var(--card); color: var(--soft); font-size: 13px; }
svg text { fill: var(--soft); font-size: 12px; }
svg .grid { stroke: var(--faint); stroke-width: 1; }
svg .zero { stroke: var(--ink); stroke-width: 1.5; }
svg .margin { stroke: var(--bad); stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .bar { fill: var(--open-ground); stroke: var(--open); stroke-width: 1.25; }
svg .better .bar { fill: var(--good-ground); stroke: var(--good); }
svg .worse .bar { fill: var(--bad-ground); stroke: var(--bad); }
svg .reach { stroke: var(--open); stroke-width: 1.25; }
svg .better .reach { stroke: var(--good); } svg .worse .reach { stroke: var(--bad); }
svg .point { stroke: var(--ink); stroke-width: 2.5; }
svg .arrow { fill: var(--open); }
.chart { display: grid; grid-template-columns: 64px minmax(0, 1fr); }
.chart svg { display: block; width: 100%; overflow: visible; }
.chart .y-axis text { text-anchor: end; dominant-baseline: middle; }
svg .inside { fill: var(--inside); }
svg .edge { stroke: var(--hatch); stroke-width: 1.5; }
svg .hatch { stroke: var(--hatch); stroke-width: 1.25; }
svg .step { stroke: var(--ink); stroke-width: 2; }
svg .step.hi { stroke-dasharray: 6 3; }
svg .dot { fill: var(--card); stroke: var(--ink); stroke-width: 1.5; }
svg .dot-number { fill: var(--ink); font-size: 11px; text-anchor: middle; dominant-baseline: central; }
svg .alone { fill: var(--bad); font-weight: 700; font-size: 13px; text-anchor: middle; }
.patterns { position: absolute; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 4px 0 10px; padding: 0; list-style: none; color: var(--soft); font-size: 13.5px; }
.legend svg { width: 26px; height: 14px; margin-right: 6px; vertical-align: -2px; }
details { margin: 0 0 12px; }
summary { cursor: pointer; color: var(--soft); font-size: 14px; }
summary:focus-visible { outline: 3px solid var(--ink); outline-offset: 2px; }
@media (max-width: 760px) {
  body { padding: 14px 10px 48px; }
  section { padding: 16px 14px; }
  h1 { font-size: 23px; }
  table, caption, thead, tbody, tfoot { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: grid; grid-template-columns: 1fr 1fr; padding: 6px 0; border-top: 1px solid var(--line); }
  .bars tr { grid-template-columns: 1fr 1fr; }
  .bars tfoot tr { border-top: 0; padding-top: 0; }
  th, td, .bars tfoot td { border-top: 0; padding: 2px 0; }
  tbody th, td.plot, td.wide { grid-column: 1 / -1; }
  .bars tbody td.plot, .bars tfoot td.plot { padding: 0; }
  .bars tbody td.plot > svg { inset: 0; width: 100%; }
  td:not(.plot)::before { content: attr(data-label); display: block; color: var(--soft); font-size: 12.5px; }
  .bars tfoot td:not(.plot), .bars tfoot th { display: none; }
  .chart { grid-template-columns: 54px minmax(0, 1fr); }
}
@media print {
  body { padding: 0; background: none; }
  section { border-color: #999; border-radius: 0; }
  table, figure, .verdict { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  details::details-content { content-visibility: visible; height: auto; }
}
`;
