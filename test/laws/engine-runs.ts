/** How often a law is tried: small in CI, raised with IAMLINT_LAW_RUNS. */
export function lawRuns(usual: number): number {
  const asked = Number(process.env['IAMLINT_LAW_RUNS'] ?? '');
  return Number.isFinite(asked) && asked > 0 ? asked : usual;
}
