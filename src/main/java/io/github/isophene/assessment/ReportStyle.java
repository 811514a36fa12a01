// SPDX-License-Identifier: BSD-2-Clause
package io.github.isophene.assessment;

/** Style sheet of the report: one column, tables that become cards on a phone, no script, nothing from elsewhere. */
final class ReportStyle {

	static final String CSS = """
		:root { --ink: #222; --soft: #595959; --line: #ddd; --pale: #f5f6f8; --accent: #0072b2; --good: #00664b; \
		--paper: #fff; --groove: #e9ebee; --mark: #d55e00; }
		* { box-sizing: border-box; }
		body { margin: 0; font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; color: \
		var(--ink); background: var(--paper); overflow-wrap: anywhere; }
		main { max-width: 1180px; margin: 0 auto; padding: 0 20px 60px; }
		header { border-bottom: 3px solid var(--accent); margin-bottom: 24px; padding: 24px 0 12px; }
		h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 4px; }
		h2 { font-size: 1.3rem; margin: 40px 0 8px; }
		h3 { font-size: 1.05rem; margin: 20px 0 6px; }
		p { margin: 0 0 10px; max-width: 46rem; }
		.intro, .small, figcaption { color: var(--soft); font-weight: 400; }
		.small, figcaption { font-size: .875rem; }
		nav a { display: inline-block; margin: 4px 14px 4px 0; color: var(--accent); }
		.facts { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 12px 0; padding: 0; list-style: none; }
		.facts b { font-size: 1.15rem; }
		.key { list-style: none; margin: 12px 0; padding: 0; }
		.verdict { background: var(--pale); border-left: 4px solid var(--accent); padding: 12px 16px; margin: 16px 0; }
		.verdict p { margin: 4px 0; max-width: 62rem; }
		table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
		th, td { text-align: left; padding: 7px 10px; border-bottom: 1px solid var(--line); vertical-align: top; \
		overflow-wrap: break-word; }
		thead th { min-width: 84px; }
		tbody th { min-width: 150px; }
		thead th { border-bottom: 2px solid var(--ink); vertical-align: bottom; font-size: .9rem; }
		td.num { min-width: 132px; }
		td.num b { color: var(--good); }
		td.num > span { white-space: nowrap; }
		td.num .na { white-space: normal; }
		tr.group th { background: var(--pale); font-size: .95rem; }
		.bar { display: block; position: relative; height: 6px; background: var(--groove); margin-top: 4px; width: \
		116px; max-width: 100%; }
		.bar i { position: absolute; left: 0; top: 0; bottom: 0; background: var(--accent); }
		.bar u { position: absolute; top: -3px; bottom: -3px; width: 2px; background: var(--mark); }
		.na { color: var(--soft); font-size: .82rem; }
		.wide { overflow-x: auto; }
		.grid { display: grid; gap: 18px 24px; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), \
		1fr)); max-width: 1120px; }
		figure { margin: 0; }
		figure img { width: 100%; height: auto; display: block; }
		svg.map { width: 100%; height: auto; display: block; }
		svg.map text { font-size: 12px; fill: currentColor; }
		svg.map .frame { fill: none; stroke: currentColor; stroke-opacity: .5; }
		svg.map path { fill-opacity: .8; }
		.curves { display: grid; gap: 14px 20px; grid-template-columns: repeat(auto-fill, minmax(250px, 1fr)); }
		.curves figcaption b { color: #222; }
		svg.curve { width: 100%; height: auto; display: block; }
		svg.curve text { font-size: 11px; fill: currentColor; }
		svg.curve .frame { fill: none; stroke: currentColor; stroke-opacity: .5; }
		.plates { display: grid; gap: 14px; grid-template-columns: repeat(auto-fill, minmax(150px, 1fr)); }
		.plates img { image-rendering: pixelated; border: 1px solid var(--line); }
		.scale { height: 12px; width: 180px; max-width: 60vw; display: inline-block; vertical-align: middle; margin: \
		0 8px; }
		.legend { list-style: none; padding: 0; margin: 6px 0 0; display: flex; flex-wrap: wrap; gap: 2px 14px; \
		font-size: .875rem; }
		.legend svg { width: 14px; height: 14px; vertical-align: -2px; margin-right: 4px; }
		details { border: 1px solid var(--line); border-radius: 6px; padding: 8px 14px; margin: 10px 0; }
		summary { cursor: pointer; font-weight: 600; }
		details[open] > summary { margin-bottom: 10px; }
		code { font-size: .875rem; overflow-wrap: anywhere; }
		dt { font-weight: 600; margin-top: 12px; }
		dd { margin: 0; max-width: 46rem; }
		@media (max-width: 640px) {
		  main { padding: 0 14px 40px; }
		  table.cards, table.cards tbody, table.cards tr, table.cards td, table.cards th { display: block; width: \
		100%; }
		  table.cards thead { display: none; }
		  table.cards tr { border-bottom: 1px solid var(--line); padding: 6px 0; }
		  table.cards tr.group { padding: 0; }
		  table.cards th, table.cards td { border: 0; padding: 3px 0; }
		  table.cards tr.group th { padding: 8px; }
		  table.cards td { display: grid; grid-template-columns: minmax(0, 9fr) minmax(0, 11fr); gap: 10px; }
		  table.cards td::before { content: attr(data-name); color: var(--soft); font-size: .85rem; }
		}
		@media screen and (prefers-color-scheme: dark) {
		  :root { --ink: #e8e8e8; --soft: #b0b0b0; --line: #444; --pale: #24272b; --accent: #56b4e9; --good: #5fd3ae; \
		--paper: #16181b; --groove: #3a3d42; --mark: #f0924d; }
		  .chart { background: #fff; color: #222; border-radius: 4px; padding: 8px; }
		  .chart figcaption { color: #595959; }
		}
		@media print { details { border: 0; } }
		""";

	private ReportStyle() {}
}
