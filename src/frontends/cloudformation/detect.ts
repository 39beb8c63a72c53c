/** Does a text look like a template? Cheap, and never throws. */
export function looksLikeTemplate(path: string, text: string): boolean {
  if (!/\.(ya?ml|json|jsonc|template|txt|body)$/i.test(path) && /\.[a-z0-9]+$/i.test(path)) return false;
  const head = text.length > 200_000 ? text.slice(0, 200_000) : text;
  if (/^\s*[{[]/.test(head)) {
    return /"Resources"\s*:\s*\{/.test(head) && (/"Type"\s*:\s*"(AWS|Custom|Alexa)::/.test(text) || head.includes('"AWSTemplateFormatVersion"') || head.includes('"Transform"'));
  }
  if (!/^['"]?Resources['"]?\s*:/m.test(head)) return false;
  // Helm and Jinja sources are no YAML yet.
  if (/^\s*\{[%{]/m.test(head) && !head.includes('{{resolve:')) return false;
  return /^\s*['"]?Type['"]?\s*:\s*['"]?(AWS|Custom|Alexa)::/m.test(text) || /^['"]?AWSTemplateFormatVersion['"]?\s*:/m.test(head) || /^\s*['"]?Type['"]?\s*:\s*['"]?[A-Za-z0-9]+::[A-Za-z0-9]+::/m.test(text) || /"Type"\s*:\s*"AWS::/.test(text);
}
