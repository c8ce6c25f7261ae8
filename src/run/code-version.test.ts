import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { codeVersion, configHash } from './code-version.ts';

describe('configHash', () => {
  it('is the first half of a SHA-256 of the JSON text', () => {
    // SHA-256 of `{"a":1}`.
    expect(configHash({ a: 1 })).toBe('015abd7f5cc57a2d');
  });

  it('is equal for equal configurations and differs for others', () => {
    const config = { seed: 1, policies: [{ name: 'cash' }] };
    expect(configHash(structuredClone(config))).toBe(configHash(config));
    expect(configHash({ ...config, seed: 2 })).not.toBe(configHash(config));
  });
});

describe('codeVersion', () => {
  const dist = mkdtempSync(join(tmpdir(), 'alvh-dist-'));
  afterAll(() => rmSync(dist, { recursive: true }));

  it('changes with the built program and with nothing else', () => {
    mkdirSync(join(dist, 'cli'));
    writeFileSync(join(dist, 'cli', 'main.js'), 'one();\n');
    const version = codeVersion('1.2.3', dist);
    expect(version).toMatch(/^1\.2\.3\+[0-9a-f]{12}$/);
    mkdirSync(join(dist, 'bench'));
    writeFileSync(join(dist, 'bench', 'main.js'), 'bench();\n');
    writeFileSync(join(dist, 'cli', 'main.d.ts'), 'export {};\n');
    expect(codeVersion('1.2.3', dist)).toBe(version);
    writeFileSync(join(dist, 'cli', 'main.js'), 'two();\n');
    expect(codeVersion('1.2.3', dist)).not.toBe(version);
  });
});
