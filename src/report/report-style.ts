/**
 * Style sheet of the page. Blue and vermilion mean gain and loss only, amber means data quality;
 * lines differ by dash as well as by colour. Text has contrast >= 4.5, marks >= 3, in both themes.
 */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--bg:#fff;--panel:#f6f8fa;--fg:#1f2328;--muted:#57606a;--rule:#d0d7de;--grid:#e6eaef;
--gain:#0b5cad;--loss:#b8400a;--warn:#8a6100;--focus:#0969da;--hedge:#6f42c1;--s1:#6f42c1;--s2:#0a7268;--s3:#1f2328;--s4:#a4286a;--s5:#5a6b00}
@media (prefers-color-scheme:dark){:root{--bg:#0e1116;--panel:#161b22;--fg:#e6edf3;--muted:#9aa4af;--rule:#30363d;--grid:#21262d;
--gain:#6cb6ff;--loss:#ff9a5c;--warn:#e3b341;--focus:#79c0ff;--hedge:#d2a8ff;--s1:#d2a8ff;--s2:#4fd1c5;--s3:#e6edf3;--s4:#ff9bce;--s5:#c5d86d}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums lining-nums}
main{max-width:1240px;margin:0 auto;padding:0 24px 64px}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
a{color:inherit}
h1{font-size:clamp(1.3rem,1rem + 1.5vw,2rem);line-height:1.25;margin:.2em 0 .5em;max-width:32em;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.35rem;line-height:1.3;margin:0 0 .5em}
h3{font-size:1.05rem;margin:1.6em 0 .4em}
h4{font-size:1rem;margin:0 0 .4em}
p{max-width:48em;margin:.4em 0 .8em}
section{margin-top:44px;padding-top:20px;border-top:1px solid var(--rule)}
small{display:block;font-size:.8125rem;font-weight:400;color:var(--muted)}
.hero{padding-top:36px}
.eyebrow{margin:0;font-size:.8125rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--muted)}
.scope{color:var(--muted);margin-bottom:20px}
.of{font-size:1rem;margin:0 0 8px}.of span{font-weight:400;color:var(--muted)}
.strip{display:grid;grid-template-columns:repeat(auto-fit,minmax(170px,1fr));gap:1px;margin:0;background:var(--rule);border:1px solid var(--rule);border-radius:6px;overflow:hidden}
.strip div{background:var(--panel);padding:12px 14px}
.strip dt{font-size:.8125rem;color:var(--muted)}
.strip dd{margin:0;font-size:1.3rem;font-weight:650;line-height:1.35}
.strip dd.beside{font-size:.9375rem;font-weight:400;color:var(--muted)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;margin:24px 0 0;padding:0;list-style:none}
nav a{display:inline-block;padding:4px 0;text-decoration-color:var(--muted);text-underline-offset:3px}
.topics{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:0 40px}
.topics h3{margin-top:.6em}
.scroll{overflow-x:auto;margin:12px 0 20px;max-width:100%}
table{border-collapse:separate;border-spacing:0;min-width:100%;font-size:.9375rem;line-height:1.4}
caption{text-align:left;font-weight:600;padding:0 0 6px;color:var(--fg)}
th,td{padding:7px 12px;border-bottom:1px solid var(--grid);vertical-align:top;white-space:nowrap}
thead th{border-bottom:1px solid var(--rule);color:var(--muted);font-weight:600;vertical-align:bottom;font-size:.875rem}
.l{text-align:left}.r{text-align:right}
tbody th{font-weight:400}
th:first-child{position:sticky;left:0;background:var(--bg);z-index:1;padding-left:0}
.figures td,.figures th{padding-left:10px;padding-right:10px}
.figures thead th{white-space:normal;text-wrap:balance}
.notes{font-size:.875rem;color:var(--muted);margin:-8px 0 20px;padding:0;list-style:none}
.figures thead th:first-child,.figures tbody th{padding-left:0}
.wrap{display:inline-block;white-space:normal;min-width:14em}
.prose td{white-space:normal;min-width:11em}
.prose th:first-child{white-space:normal;min-width:8em}
.indent{padding-left:1.2em}
.gain{color:var(--gain);font-weight:600}.loss{color:var(--loss);font-weight:600}
.na{color:var(--muted)}.na small{white-space:normal;min-width:7em}
.warn{color:var(--warn);font-weight:600}
.warn::before{content:"! "}
.bar{display:block;width:100%;min-width:120px;height:8px;margin-top:4px}
.bars td{min-width:110px}
rect.gain{fill:var(--gain)}rect.loss{fill:var(--loss)}rect.plain{fill:var(--muted)}
.range{display:block;width:200px;height:14px}
.range path{fill:none;stroke:var(--s1)}.range .thin{stroke-width:2}.range .thick{stroke-width:8;opacity:.55}.range .median{stroke:var(--fg);stroke-width:2.5}
.dots{display:block;width:min(100%,420px);min-width:240px}.dots circle{fill:var(--s1)}
.chart{margin:20px 0 30px;min-width:0}
figcaption{margin-bottom:2px}
.unit{color:var(--muted);font-size:.875rem}
.summary{font-size:.9375rem;color:var(--muted);margin:.3em 0}
.legend{display:flex;flex-wrap:wrap;gap:2px 18px;margin:2px 0 0;padding:0;list-style:none;font-size:.875rem}
.legend li{display:flex;align-items:center;gap:7px}
.key{width:34px;height:12px;flex:none}
.sym{font-size:.8125rem}
.plot{margin-top:12px;display:grid;grid-template-columns:62px minmax(0,1fr) auto;grid-template-rows:300px 24px}
.small .plot{grid-template-rows:150px 24px}
.area{position:relative;border-left:1px solid var(--rule)}
.area:focus-visible{outline-offset:4px}.cross{position:absolute;top:0;bottom:0;width:0;border-left:1px solid var(--fg);pointer-events:none}.band{position:absolute;top:0;bottom:0;background:var(--focus);opacity:.15;pointer-events:none}.cross[hidden],.band[hidden]{display:none}
.zoomed .area{overflow:hidden}.zoomed .xs,.zoomed .mark,.zoomed .ends{visibility:hidden}
.readout{display:block;min-height:1.6em;font-size:.875rem;color:var(--muted);white-space:pre-wrap}
.toggle{display:flex;align-items:center;gap:7px;padding:2px 6px;border:1px solid var(--rule);border-radius:4px;background:none;color:inherit;font:inherit;cursor:pointer}.toggle[aria-pressed=false]{opacity:.55;text-decoration:line-through}
@media print{.readout,.cross,.band{display:none}.toggle{border:0;padding:0}}
.area svg{position:absolute;inset:0;width:100%;height:100%;overflow:visible}
.area path,.key path{fill:none;vector-effect:non-scaling-stroke}
.grid{stroke:var(--grid);stroke-width:1}.zero{stroke:var(--muted);stroke-width:1}
.end{stroke:var(--fg);stroke-width:1.5;stroke-dasharray:2 3}
.line{stroke-width:1.6;stroke-linejoin:round}
.small .line{stroke-width:1.3}
.line.s1{stroke:var(--s1);stroke-width:2.2}
.line.s2{stroke:var(--s2);stroke-dasharray:7 3}
.line.s3{stroke:var(--s3);stroke-dasharray:2 3}
.line.s4{stroke:var(--s4);stroke-dasharray:9 3 2 3}
.line.s5{stroke:var(--s5);stroke-dasharray:14 4}
.line.ink{stroke:var(--fg)}
.line.muted{stroke:var(--muted);stroke-dasharray:3 2}
.line.hedge{stroke:var(--hedge);stroke-dasharray:7 3}
.area .fill,.key .fill{stroke:none;opacity:.22}
.fill.s1{fill:var(--s1)}.fill.s2{fill:var(--s2)}.fill.s3,.fill.ink{fill:var(--fg)}.fill.s4{fill:var(--s4)}.fill.s5{fill:var(--s5)}.fill.muted{fill:var(--muted)}.fill.hedge{fill:var(--hedge)}
.small .line.s2,.small .line.muted{stroke-dasharray:none}
.ys{position:relative}
.ys span{position:absolute;right:8px;transform:translateY(-50%);font-size:.8125rem;color:var(--muted);white-space:nowrap}
.xs{position:relative;grid-column:2;grid-row:2}
.xs span{position:absolute;top:4px;transform:translateX(-50%);font-size:.8125rem;color:var(--muted);white-space:nowrap}
.ends{position:relative;width:148px;grid-column:3;grid-row:1}
.ends:empty,.small .ends{width:0}
.small .ends span{display:none}
.name{position:absolute;left:8px;transform:translateY(-50%);font-size:.8125rem;font-weight:600;white-space:nowrap}
.name.s1{color:var(--s1)}.name.s2{color:var(--s2)}.name.s3,.name.ink{color:var(--fg)}.name.s4{color:var(--s4)}.name.s5{color:var(--s5)}.name.muted{color:var(--muted)}.name.hedge{color:var(--hedge)}
.mark{position:absolute;transform:translate(-50%,-50%);font-size:.75rem;line-height:1;text-shadow:0 0 2px var(--bg),0 0 2px var(--bg)}
.multiples{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,520px),1fr));gap:8px 40px}
.multiples .chart{margin:6px 0 16px}
article{min-width:0;border-top:1px solid var(--grid);padding-top:12px}
summary{cursor:pointer;padding:3px 0;font-size:.9375rem;color:var(--muted);width:fit-content}
.book{margin-top:12px}
.book>summary{color:var(--fg);font-weight:600;font-size:1.05rem}
.data{min-width:0}
.assumptions{padding-left:1.4em;max-width:52em}.assumptions li{margin:.25em 0}
.manifest{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 20px;margin:0}
.manifest dt{color:var(--muted)}.manifest dd{margin:0;overflow-wrap:anywhere}
code{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (max-width:720px){main{padding:0 14px 40px}.hero{padding-top:20px}.xs .odd{display:none}.ends{width:0}.ends span{display:none}.plot{grid-template-columns:54px minmax(0,1fr) auto}.strip{grid-template-columns:1fr 1fr}.strip dd{font-size:1.1rem}th,td{padding:6px 9px}.manifest{grid-template-columns:1fr;gap:0}.manifest dd{margin-bottom:8px}th:first-child{max-width:46vw;white-space:normal}}
@media (forced-colors:active){.bar rect,.range path{forced-color-adjust:none}}
@media print{:root{color-scheme:light}body{font-size:10.5pt}main{max-width:none;padding:0}nav{display:none}section{break-before:auto;margin-top:18pt}figure,article,tr,.strip{break-inside:avoid}h2,h3,h4,caption{break-after:avoid}.scroll{overflow:visible}table{font-size:8pt}th,td{padding:2pt 4pt;white-space:normal}figure details{display:none}th:first-child{position:static}}
`;
