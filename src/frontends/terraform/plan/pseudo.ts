import type { Origin } from '../../../core/source.ts';
import type { Value } from '../../../core/value.ts';
import type { Output, Resource } from '../../frontend.ts';
import type { Interpreter } from '../evaluate/interpreter.ts';
import { frameOf } from '../module/variables.ts';
import { mapValue } from '../values/build.ts';
import { lazyEntry } from '../values/entries.ts';
import { bounded } from '../values/size.ts';
import { expressionOf } from './configuration.ts';
import { below, isObject, jsonValue, member, pointerOrigin, textMember } from './json.ts';
import type { Opening } from './locate.ts';
import { providerValue } from './provider-facts.ts';
import type { ShownState } from './read.ts';

/** Provider configurations, variables and outputs, so that they are looked through for credentials. */
export function pseudoResources(opening: Opening, interpreter: Interpreter): readonly Resource[] {
  const { source, configuration } = opening.shown;
  const configs = member(configuration, 'provider_config');
  const resources: Resource[] = [];
  for (const [key, config] of Object.entries(isObject(configs) ? configs : {})) {
    const origin = pointerOrigin(source, below(null, 'configuration', 'provider_config', key));
    const address = `provider.${key}`;
    resources.push({ type: `terraform:provider:${textMember(config, 'name') ?? key}`, address, displayName: address, properties: () => providerValue(opening, key, interpreter), origin, extent: origin });
  }
  const variables = member(member(configuration, 'root_module'), 'variables');
  for (const [name, variable] of Object.entries(isObject(variables) ? variables : {})) {
    const path = below(null, 'configuration', 'root_module', 'variables', name);
    resources.push(pseudo(`var.${name}`, 'terraform:variable', pointerOrigin(source, path), () => jsonValue(variable, source, path)));
  }
  for (const output of opening.shown.outputs) {
    const path = below(null, 'configuration', 'root_module', 'outputs', output.name);
    const sensitive = member(member(member(member(configuration, 'root_module'), 'outputs'), output.name), 'sensitive');
    const origin = pointerOrigin(source, output.path);
    resources.push(
      pseudo(`output.${output.name}`, 'terraform:output', origin, () =>
        mapValue([lazyEntry('value', origin, () => outputValue(opening, output, interpreter)), { key: 'sensitive', keyOrigin: origin, value: jsonValue(sensitive ?? null, source, path) }], origin),
      ),
    );
  }
  return resources;
}

function pseudo(address: string, type: string, origin: Origin, properties: () => Value): Resource {
  return { type, address, displayName: address, properties, origin, extent: origin };
}

export function outputsOf(opening: Opening, interpreter: Interpreter): readonly Output[] {
  return opening.shown.outputs.map((output) => ({
    name: output.name,
    origin: pointerOrigin(opening.shown.source, output.path),
    get value() {
      return outputValue(opening, output, interpreter);
    },
  }));
}

function outputValue(opening: Opening, output: ShownState['outputs'][number], interpreter: Interpreter): Value {
  const { source } = opening.shown;
  if (output.known) return jsonValue(output.value, source, output.path);
  const path = below(null, 'configuration', 'root_module', 'outputs', output.name, 'expression');
  const expression = member(member(member(member(opening.shown.configuration, 'root_module'), 'outputs'), output.name), 'expression');
  return bounded(interpreter.evaluate(expressionOf(source, expression, path), frameOf(interpreter.root, interpreter)));
}
