import type { PageScript } from './html-page.ts';

/**
 * Script of a replay: shows one day at a time, by a slider, buttons and the arrow keys of the slider.
 * Without it all days stand one below the other.
 */
export const REPLAY_SCRIPT = `'use strict';
{
  const days = [...document.querySelectorAll('article.day')];
  const section = document.getElementById('days');
  const make = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });
  const bar = make('div', '');
  bar.className = 'stepper';
  const range = Object.assign(document.createElement('input'), {
    type: 'range', min: 0, max: days.length - 1, value: 0,
  });
  range.setAttribute('aria-label', 'Day of the trade');
  const back = Object.assign(make('button', 'Day before'), { type: 'button' });
  const next = Object.assign(make('button', 'Day after'), { type: 'button' });
  const show = (at) => {
    const place = Math.min(days.length - 1, Math.max(0, at));
    range.value = place;
    range.setAttribute('aria-valuetext', days[place].dataset.label);
    days.forEach((day, i) => { day.hidden = i !== place; });
    back.disabled = place === 0;
    next.disabled = place === days.length - 1;
  };
  range.addEventListener('input', () => show(Number(range.value)));
  back.addEventListener('click', () => show(Number(range.value) - 1));
  next.addEventListener('click', () => show(Number(range.value) + 1));
  bar.append(back, range, next);
  section.insertBefore(bar, days[0]);
  show(0);
  addEventListener('beforeprint', () => days.forEach((day) => { day.hidden = false; }));
  addEventListener('afterprint', () => show(Number(range.value)));
}
`;

/** The script as part of a page; a test computes the hash anew. */
export const REPLAY: PageScript = {
  text: REPLAY_SCRIPT,
  hash: 'EBTbqdQnynvNFLJfSufGZej+Vh/aQ1ziGdKN2DT9gFY=',
};
