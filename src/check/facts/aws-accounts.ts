/**
 * Accounts of AWS itself that older set-ups name in bucket policies: Elastic Load Balancing's log delivery, by region.
 * Source: Elastic Load Balancing User Guide, "Enable access logs", "Regions available before August 2022".
 */
const LOAD_BALANCING: ReadonlySet<string> = new Set([
  '127311923021', '033677994240', '027434742980', '797873946194', '098369216593', '754344448648', '589379963580', '718504428378', '383597477331',
  '600734575887', '114774131450', '783225319266', '582318560864', '985666609251', '054676820928', '156460612806', '652711504416', '635631232127',
  '009996457667', '897822967062', '076674570225', '507241528517', '048591011584', '190560391635', '638102146993', '037604701340',
]);

/** Is this an account of an AWS service rather than of a customer? */
export function isAwsAccount(account: string): boolean {
  return LOAD_BALANCING.has(account);
}
