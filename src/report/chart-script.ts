import type { PageScript } from './html-page.ts';

/**
 * Script of the charts of a page: a crosshair with the values under it, zoom, and lines that can be
 * switched off, by pointer and by keyboard. Without it the charts are plain drawings with a table.
 *
 * It reads the drawn paths and the scale in the `data-` attributes of a figure, so a chart needs no
 * second copy of its numbers; values are those of the drawing, to about a thousandth of its height.
 * It builds elements and never markup.
 */
export const CHART_SCRIPT = `'use strict';
for (const figure of document.querySelectorAll('figure.chart')) {
  const area = figure.querySelector('.area');
  const svg = area.querySelector('svg');
  const d = figure.dataset;
  const [first, last, low, high] = [d.first, d.last, d.low, d.high].map(Number);
  const W = 1000, H = 300;
  const lines = [...svg.querySelectorAll('path[data-name]')].map((path) => ({
    path,
    name: path.dataset.name,
    off: false,
    points: path.getAttribute('d').split(/[ML]/).slice(1).map((p) => p.split(' ').map(Number)),
  }));
  if (lines.length === 0) continue;
  let view = [0, W], at = null, from = null;
  const make = (tag, name) => Object.assign(document.createElement(tag), { className: name });
  const cross = make('div', 'cross');
  const band = make('div', 'band');
  const readout = make('output', 'readout');
  cross.hidden = band.hidden = true;
  area.append(band, cross);
  figure.querySelector('.plot').after(readout);
  readout.setAttribute('aria-live', 'polite');
  area.tabIndex = 0;
  area.setAttribute('role', 'group');
  area.setAttribute('aria-label',
    d.title + ': arrow keys move the crosshair, plus and minus zoom, Escape resets');
  const day = (x) => Math.round(first + (x / W) * (last - first));
  const date = (x) => d.axis === 'dates'
    ? new Date(day(x) * 864e5).toISOString().slice(0, 10)
    : 'day ' + (day(x) - first);
  const text = (v) => {
    const s = v < 0 ? '\\u2212' : '', a = Math.abs(v);
    if (d.quantity === 'share') return s + (100 * a).toFixed(2) + ' %';
    const n = a.toFixed(a < 100 ? 2 : 0).replace(/\\B(?=(\\d{3})+(?!\\d))(?<!\\.\\d*)/g, ',');
    return s + (d.quantity === 'dollars' ? '$' : '') + n;
  };
  const valueAt = ({ points }, x) => {
    let i = points.findIndex((p) => p[0] >= x);
    if (i < 0 || (i === 0 && points[0][0] > x)) return null;
    if (i === 0) i = 1;
    const [a, b] = [points[i - 1], points[i] || points[i - 1]];
    const y = b[0] === a[0] ? b[1] : a[1] + ((x - a[0]) / (b[0] - a[0])) * (b[1] - a[1]);
    return high - (y / H) * (high - low);
  };
  const share = (x) => (x - view[0]) / (view[1] - view[0]);
  const draw = () => {
    svg.setAttribute('viewBox', view[0] + ' 0 ' + (view[1] - view[0]) + ' ' + H);
    const zoomed = view[0] > 0 || view[1] < W;
    figure.classList.toggle('zoomed', zoomed);
    cross.hidden = at === null || share(at) < 0 || share(at) > 1;
    if (!cross.hidden) cross.style.left = 100 * share(at) + '%';
    const parts = [];
    if (at !== null) {
      parts.push(date(at));
      for (const line of lines) {
        const v = line.off ? null : valueAt(line, at);
        if (v !== null) parts.push((lines.length > 1 ? line.name + ' ' : '') + text(v));
      }
    }
    if (zoomed) parts.push('shown: ' + date(view[0]) + ' to ' + date(view[1]));
    readout.textContent = parts.join('   ');
  };
  const zoom = (low, high) => {
    const width = Math.min(W, Math.max(5, high - low));
    const left = Math.min(W - width, Math.max(0, low));
    view = [left, left + width];
    draw();
  };
  const placeOf = (event) => {
    const box = area.getBoundingClientRect();
    const s = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    return view[0] + s * (view[1] - view[0]);
  };
  area.addEventListener('pointermove', (event) => {
    at = placeOf(event);
    if (from !== null) {
      const [a, b] = [share(from), share(at)].sort((p, q) => p - q);
      band.hidden = false;
      band.style.left = 100 * a + '%';
      band.style.width = 100 * (b - a) + '%';
    }
    draw();
  });
  area.addEventListener('pointerleave', () => { at = null; from = null; band.hidden = true; draw(); });
  area.addEventListener('pointerdown', (event) => { from = placeOf(event); });
  area.addEventListener('pointerup', (event) => {
    const to = placeOf(event);
    const start = from;
    from = null;
    band.hidden = true;
    if (start !== null && Math.abs(share(to) - share(start)) > 0.02) {
      zoom(Math.min(start, to), Math.max(start, to));
    }
  });
  area.addEventListener('dblclick', () => zoom(0, W));
  area.addEventListener('keydown', (event) => {
    const width = view[1] - view[0];
    const middle = at === null ? view[0] + width / 2 : at;
    const step = width * (event.shiftKey ? 0.1 : 0.01);
    const keys = {
      ArrowLeft: () => { at = Math.max(view[0], middle - step); },
      ArrowRight: () => { at = Math.min(view[1], middle + step); },
      Home: () => { at = view[0]; },
      End: () => { at = view[1]; },
      '+': () => zoom(middle - width / 4, middle + width / 4),
      '=': () => zoom(middle - width / 4, middle + width / 4),
      '-': () => zoom(middle - width, middle + width),
      Escape: () => { at = null; zoom(0, W); },
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
    draw();
  });
  for (const item of figure.querySelectorAll('.legend li[data-name]')) {
    const line = lines.find(({ name }) => name === item.dataset.name);
    if (line === undefined) continue;
    const button = make('button', 'toggle');
    button.type = 'button';
    button.setAttribute('aria-pressed', 'true');
    button.append(...item.childNodes);
    item.append(button);
    button.addEventListener('click', () => {
      line.off = !line.off;
      button.setAttribute('aria-pressed', String(!line.off));
      for (const path of svg.querySelectorAll('path[data-of], path[data-name]')) {
        const name = path.dataset.name || path.dataset.of;
        if (name === line.name) path.style.display = line.off ? 'none' : '';
      }
      draw();
    });
  }
}
`;

/**
 * SHA-256 of the script in base64, by which the page's content security policy lets it run and no
 * other. A test computes it anew.
 */
export const CHART_SCRIPT_HASH = '99elgJMT8YCNrfe6o83Vkrq+auYzeKYFdB73GEMfrlk=';

/** The charts' script as part of a page. */
export const CHARTS: PageScript = { text: CHART_SCRIPT, hash: CHART_SCRIPT_HASH };
