const FORMAT_VERSION = /^['"]?AWSTemplateFormatVersion['"]?\s*:/m;
const AWS_TYPE = /^[ \t]*['"]?Type['"]?\s*:\s*['"]?(AWS|Custom|Alexa)::/m;
const ANY_TYPE = /^[ \t]*['"]?Type['"]?\s*:\s*['"]?[A-Za-z0-9]+::[A-Za-z0-9]+::/m;

/** Does a text look like a template? Cheap, and never throws. */
export function looksLikeTemplate(path: string, text: string): boolean {
  if (!/\.(ya?ml|json|jsonc|template|txt|body)$/i.test(path) && /\.[a-z0-9]+$/i.test(path)) return false;
  if (!text.includes('Resources')) return false;
  if (/^\s*[{[]/.test(text)) {
    return /"Resources"\s*:\s*\{/.test(text) && (/"Type"\s*:\s*"(AWS|Custom|Alexa)::/.test(text) || text.includes('"AWSTemplateFormatVersion"') || text.includes('"Transform"'));
  }
  if (!/^['"\uFEFF]*Resources['"]?\s*:/m.test(text)) return false;
  // Helm and Jinja sources are no YAML yet.
  if (/^[ \t]*\{[%{]/m.test(text) && !text.includes('{{resolve:')) return false;
  return AWS_TYPE.test(text) || FORMAT_VERSION.test(text) || ANY_TYPE.test(text) || /"Type"\s*:\s*"AWS::/.test(text);
}
