// Prepares a fresh clone: installs from the lockfile when node_modules is missing or older than
// it, and builds when a source is newer than the last build. Uses nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [major, minor] = process.versions.node.split('.').map(Number);
if (!(major > 20 || (major === 20 && minor >= 19))) {
  console.error(`alvh needs Node >= 20.19.0, was ${process.versions.node}. Install a current LTS.`);
  process.exit(1);
}

/** Runs a command with its output on stderr, so that stdout stays the program's alone. */
function run(command, args) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    console.error(`bootstrap: '${command} ${args.join(' ')}' failed (exit ${result.status})`);
    process.exit(result.status ?? 1);
  }
}

const mtime = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

/** Newest modification below a folder; test files do not enter the build. */
function newest(folder) {
  let latest = mtime(folder);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) latest = Math.max(latest, newest(path));
    else if (!entry.name.endsWith('.test.ts')) latest = Math.max(latest, mtime(path));
  }
  return latest;
}

const installed = join(root, 'node_modules', '.package-lock.json');
if (mtime(installed) < mtime(join(root, 'package-lock.json'))) {
  console.error('bootstrap: installing from the lockfile');
  // The compiler is a development dependency: NODE_ENV=production must not leave it out.
  const options = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  run('npm', ['ci', ...options, '--loglevel=error']);
}

const stamp = join(root, 'dist', '.built');
const sources = Math.max(
  newest(join(root, 'src')),
  mtime(join(root, 'tsconfig.json')),
  mtime(join(root, 'tsconfig.base.json')),
  mtime(join(root, 'package-lock.json')),
);
if (mtime(stamp) < sources) {
  console.error('bootstrap: building');
  const started = new Date();
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']);
  // Dated to the start: a source edited during the build counts as newer.
  writeFileSync(stamp, '');
  utimesSync(stamp, started, started);
}
