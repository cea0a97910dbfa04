// Reads what the test runners report, adds it up, and words the last line.

/**
 * @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Result
 * @typedef {{ name: string, status: string, message?: string, assertionResults: { fullName: string, status: string }[] }} VitestFile
 * @typedef {{ title: string, ok: boolean, tests: { status: string }[] }} PlaywrightSpec
 * @typedef {{ title: string, specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/** @returns {Result} */
export const nothing = () => ({ passed: 0, failed: 0, skipped: 0, failures: [] });

/**
 * One test that is no test of a runner: a check, the build, a runner that crashed.
 *
 * @param {boolean} ok
 * @param {string} name
 * @returns {Result}
 */
export const single = (ok, name) => (ok ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, failures: [name] });

/**
 * @param {Result} a
 * @param {Result} b
 * @returns {Result}
 */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
  failures: [...a.failures, ...b.failures],
});

/**
 * The JSON report of Vitest. A file that could not be loaded holds no test and counts as one failure.
 *
 * @param {{ testResults: VitestFile[] }} report
 * @returns {Result}
 */
export function readVitest(report) {
  return report.testResults
    .map((file) => {
      const result = nothing();
      for (const test of file.assertionResults) {
        if (test.status === 'passed') result.passed++;
        else if (test.status === 'failed') {
          result.failed++;
          result.failures.push(test.fullName);
        } else result.skipped++;
      }
      // a hook that fails after the tests, or a file that does not load
      return file.status === 'failed' && result.failed === 0 ? add(result, single(false, file.name)) : result;
    })
    .reduce(add, nothing());
}

/**
 * The JSON report of Playwright. Errors outside of tests (a server that does not start) count as one failure each.
 *
 * @param {{ suites: PlaywrightSuite[], errors: { message?: string }[] }} report
 * @returns {Result}
 */
export function readPlaywright(report) {
  /** @param {PlaywrightSuite} suite @param {string} above @returns {Result} */
  const read = (suite, above) => {
    const path = above ? `${above} > ${suite.title}` : suite.title;
    const own = (suite.specs ?? []).map((spec) => {
      if (spec.tests.every((test) => test.status === 'skipped')) return { ...nothing(), skipped: 1 };
      return single(spec.ok, `${path} > ${spec.title}`);
    });
    return [...own, ...(suite.suites ?? []).map((inner) => read(inner, path))].reduce(add, nothing());
  };
  const outside = report.errors.map((error) =>
    single(false, error.message?.split('\n')[0] ?? 'an error outside of tests'),
  );
  return [...report.suites.map((suite) => read(suite, '')), ...outside].reduce(add, nothing());
}

/**
 * A runner's own verdict counts too: one that fails although no test failed (an unhandled error), or that ran nothing.
 *
 * @param {Result} result
 * @param {boolean} ok whether the runner ended with 0
 * @param {string} name of the step
 * @returns {Result}
 */
export function withVerdict(result, ok, name) {
  if (result.failed > 0) return result;
  if (!ok) return add(result, single(false, `${name}: the runner failed, see above`));
  if (result.passed + result.skipped === 0) return add(result, single(false, `${name}: no test was found`));
  return result;
}

/**
 * @param {Result} result
 * @returns {string} the last line of `npm test`
 */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
