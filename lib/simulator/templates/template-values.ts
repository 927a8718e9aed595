import type { BodyCheck } from '../checks/body-check.js';

const VARIABLE = /\{\{\s*(\w+)\s*\}\}/g;

/** Returns the names of the variables in a text: `['1', '2']` or `['name']`. */
export function variablesOf(text: string): string[] {
  return [...new Set((text.match(VARIABLE) ?? []).map((variable) => variable.replace(/[{}\s]/g, '')))];
}

/** Replaces the variables of a text by the values of parameters. Missing values stay as they are. */
export function filledText(text: string, parameters: readonly BodyCheck[]): string {
  return text.replace(VARIABLE, (variable, name: string) => {
    const named = parameters.find((parameter) => parameter.value('parameter_name') === name);
    const parameter = named ?? parameters[Number(name) - 1];
    return parameter ? shownValue(parameter) : variable;
  });
}

/** Returns the parameters of a component, or none. */
export function parametersOf(component: BodyCheck | undefined): BodyCheck[] {
  return component?.optionalListed('parameters') ?? [];
}

/** Returns the component with a type, in any case. */
export function componentOf(components: readonly BodyCheck[], type: string): BodyCheck | undefined {
  return components.find((component) => String(component.value('type')).toLowerCase() === type);
}

/** Returns the component of the button at an index. */
export function buttonComponent(components: readonly BodyCheck[], index: number): BodyCheck | undefined {
  return components.find(
    (component) =>
      String(component.value('type')).toLowerCase() === 'button' && Number(component.value('index')) === index,
  );
}

/** Returns the text of a parameter. A currency or a date shows its fallback. */
function shownValue(parameter: BodyCheck): string {
  const type = String(parameter.value('type'));
  const nested = parameter.optionalJson(type)?.fallback_value;
  return typeof nested === 'string' ? nested : String(parameter.value('text') ?? '');
}
