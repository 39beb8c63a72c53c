import type { CompiledPolicy } from './compile.js';
import { type Decision, type PolicySet, type Request } from './types.js';
/** The layers of a request with their documents compiled. */
export type CompiledLayers = PolicySet<CompiledPolicy>;
/**
 * Decides one request. `unknown` only when what is not known can change the answer.
 * Source: IAM User Guide, "Policy evaluation logic" (single account, cross account) and Organizations User Guide, "SCP evaluation".
 */
export declare function evaluateCompiled(request: Request, layers: CompiledLayers): Decision;
