/** One option of a command, as data: parsing, help and shell completion are made from it. */
export interface OptionSpec {
  /** As commander writes them, e.g. `-f, --format <name[:file]>`. */
  readonly flags: string;
  readonly description: string;
  /** Heading in the help. */
  readonly group: string;
  readonly choices?: readonly string[];
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** Takes a file, for shell completion. */
  readonly file?: boolean;
}

/** Values of options by their long name in camel case, as commander gives them. */
export type OptionValues = Readonly<Record<string, unknown>>;

/** The long name of an option, e.g. `--format`. */
export function longName(spec: OptionSpec): string {
  return /--[a-z-]+/.exec(spec.flags)?.[0] ?? '';
}

/** Text of an option, if it was given. */
export function textOf(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}

/** Whether a switch was given. */
export function isOn(values: OptionValues, name: string): boolean {
  return values[name] === true;
}

/** All texts of a repeatable option. */
export function textsOf(values: OptionValues, name: string): readonly string[] {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** All texts of a repeatable option that also takes several at once, parted by commas. */
export function listOf(values: OptionValues, name: string): readonly string[] {
  return textsOf(values, name)
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** The choice made among known words, if any. */
export function choiceOf<Choice extends string>(values: OptionValues, name: string, choices: readonly Choice[]): Choice | undefined {
  return choices.find((choice) => choice === values[name]);
}
