// The parts of `npm start` and `npm test` that decide: Node's version, missing packages, changed sources, browsers, sums of reports.
import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashSources, isBuilt } from '../../../.scripts/build.mjs';
import { missingPackages, nodeProblem } from '../../../.scripts/install.mjs';
import { add, lastLine, nothing, readPlaywright, readVitest, single, withVerdict } from '../../scripts/results.mjs';
import { usualPlaces } from '../../support/browser.mjs';

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['20.18.3', false],
  ['18.20.4', false],
])('Node %s will do: %s', (version, fine) => {
  expect(nodeProblem(version, '20.19') === undefined).toBe(fine);
});

test('a package is missing when it is absent or of another version, unless it is for another platform', () => {
  const wanted = {
    packages: {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0' },
      'node_modules/c': { version: '3.0.0' },
      'node_modules/c-win32': { version: '3.0.0', optional: true },
      'node_modules/c-linux': { version: '3.0.0', optional: true },
    },
  };
  const installed = {
    packages: {
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.1' },
      'node_modules/c-linux': { version: '2.9.0', optional: true },
    },
  };
  expect(missingPackages(wanted, installed)).toEqual(['node_modules/b', 'node_modules/c', 'node_modules/c-linux']);
  expect(missingPackages(wanted, wanted)).toEqual([]);
  expect(missingPackages(wanted, undefined)).toEqual(['node_modules/a', 'node_modules/b', 'node_modules/c']);
});

test('a build is current until a source changes its bytes, its name or its presence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-build-'));
  mkdirSync(join(folder, 'src', 'app'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  const source = join(folder, 'src', 'app', 'a.ts');
  writeFileSync(source, 'one');
  writeFileSync(join(folder, 'README.md'), 'one');
  expect(isBuilt(folder)).toBe(false);
  writeFileSync(join(folder, 'dist', '.sources'), hashSources(folder));
  expect(isBuilt(folder)).toBe(true);
  utimesSync(source, 1, 1); // as a checkout does
  writeFileSync(join(folder, 'README.md'), 'two');
  expect(isBuilt(folder)).toBe(true);
  writeFileSync(source, 'two');
  expect(isBuilt(folder)).toBe(false);
  writeFileSync(source, 'one');
  expect(isBuilt(folder)).toBe(true);
  renameSync(source, join(folder, 'src', 'app', 'b.ts'));
  expect(isBuilt(folder)).toBe(false);
  rmSync(folder, { recursive: true });
});

test('browsers are looked for where each system has them, Chrome before Chromium', () => {
  expect(usualPlaces('linux', { PATH: '/usr/local/bin:/usr/bin' }).slice(0, 2)).toEqual([
    '/usr/local/bin/google-chrome',
    '/usr/bin/google-chrome',
  ]);
  expect(usualPlaces('linux', { PATH: '/usr/bin' })).toContain('/usr/bin/chromium');
  expect(usualPlaces('darwin', { HOME: '' })[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  expect(usualPlaces('win32', { PROGRAMFILES: 'C:\\Program Files' })).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
  ]);
});

describe('reports', () => {
  test('of Vitest: tests are counted, and a file that does not load is a failure', () => {
    const report = {
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          assertionResults: [
            { fullName: 'a holds', status: 'passed' },
            { fullName: 'b holds', status: 'failed' },
            { fullName: 'c holds', status: 'pending' },
            { fullName: 'd holds', status: 'todo' },
          ],
        },
        { name: 'b.test.ts', status: 'failed', message: 'no such module', assertionResults: [] },
      ],
    };
    expect(readVitest(report)).toEqual({ passed: 1, failed: 2, skipped: 2, failures: ['b holds', 'b.test.ts'] });
  });

  test('of Playwright: specs of nested suites are counted, and an error outside of them is a failure', () => {
    const spec = (title: string, ok: boolean, status: string) => ({ title, ok, tests: [{ status }] });
    const report = {
      suites: [
        {
          title: 'a.spec.ts',
          specs: [spec('starts', true, 'expected'), spec('waits', true, 'skipped')],
          suites: [{ title: 'offline', specs: [spec('starts', false, 'unexpected')] }],
        },
      ],
      errors: [{ message: 'port 1 is used\nat x' }],
    };
    expect(readPlaywright(report)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 1,
      failures: ['a.spec.ts > offline > starts', 'port 1 is used'],
    });
  });

  test('a runner that fails without a failed test, or runs nothing, is a failure', () => {
    expect(withVerdict(single(true, 'a'), false, 'unit')).toMatchObject({ passed: 1, failed: 1 });
    expect(withVerdict(single(false, 'a'), false, 'unit')).toMatchObject({ failed: 1 });
    expect(withVerdict(nothing(), true, 'unit')).toMatchObject({ failed: 1, failures: ['unit: no test was found'] });
    expect(withVerdict(single(true, 'a'), true, 'unit')).toEqual(single(true, 'a'));
  });

  test('end in one line, which names skipped tests only where there are some', () => {
    expect(lastLine(add(single(true, 'a'), single(false, 'b')))).toBe('1 passed, 1 failed');
    expect(lastLine({ passed: 12, failed: 0, skipped: 3, failures: [] })).toBe('12 passed, 0 failed, 3 skipped');
  });
});
