import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { CHART_SCRIPT, CHART_SCRIPT_HASH } from '../../src/report/chart-script.ts';

describe('the script of the charts', () => {
  it('is the one the content security policy of the page allows', () => {
    const hash = createHash('sha256').update(CHART_SCRIPT).digest('base64');
    expect(CHART_SCRIPT_HASH).toBe(hash);
  });

  it('builds elements, never markup, and fetches nothing', () => {
    expect(CHART_SCRIPT).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|fetch|import|eval|https?:/,
    );
  });
});
