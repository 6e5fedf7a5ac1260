// JSON Schema (draft-7) checks for rjsf by interpretation. The usual ajv compiles schemas with `new Function`, which the
// content security policy of both programs (script-src 'self') forbids, and the schemas are not known at build time.
import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import {
  createErrorHandler, getDefaultFormState, toErrorSchema, unwrapErrorHandler, validationDataMerge,
  type CustomValidator, type ErrorTransformer, type RJSFSchema, type RJSFValidationError, type UiSchema,
  type ValidationData, type ValidatorType,
} from '@rjsf/utils';
import { segmentsOf, valueAt } from './pointer';

type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;
export type MessageKey =
  | 'form.required' | 'form.choose' | 'form.too_long' | 'form.too_short' | 'form.too_small' | 'form.too_big'
  | 'form.format' | 'form.email' | 'form.number' | 'form.invalid';

// Keywords that only say that something inside them failed.
const wrappers = new Set([
  'properties', 'allOf', 'items', 'if', 'then', 'else', '$ref', 'dependencies', 'additionalItems', 'patternProperties',
]);

function run(schema: RJSFSchema, data: unknown, shortCircuit: boolean) {
  return new Validator(schema as Schema, '7', shortCircuit).validate(data);
}

/** The units that say something of their own: of a failed choice, the choice, not each option it is not. */
function leaves(units: OutputUnit[]): OutputUnit[] {
  return units.filter(({ keyword, keywordLocation }) => !wrappers.has(keyword) && !/\/(oneOf|anyOf|not|if)\//.test(keywordLocation));
}

function messageOf(unit: OutputUnit, schema: RJSFSchema, translate: Translate): string {
  const limit = valueAt(schema, unit.keywordLocation.replace(/^#/, ''));
  const values = { limit: typeof limit === 'number' ? limit : '' };
  switch (unit.keyword) {
    case 'required': return translate('form.required');
    case 'enum': case 'oneOf': case 'anyOf': case 'const': return translate('form.choose');
    case 'maxLength': return translate('form.too_long', values);
    case 'minLength': return limit === 1 ? translate('form.required') : translate('form.too_short', values);
    case 'minItems': return limit === 1 ? translate('form.choose') : translate('form.too_small', values);
    case 'minimum': return translate('form.too_small', values);
    case 'maximum': return translate('form.too_big', values);
    case 'format': return limit === 'email' ? translate('form.email') : translate('form.format');
    case 'pattern': return translate('form.format');
    case 'type': return limit === 'number' || limit === 'integer' ? translate('form.number') : translate('form.invalid');
    default: return translate('form.invalid');
  }
}

function errorOf(unit: OutputUnit, schema: RJSFSchema, translate: Translate): RJSFValidationError {
  const path = segmentsOf(unit.instanceLocation.replace(/^#/, ''));
  // A missing property is reported at its object; people look for it at the field.
  const missing = unit.keyword === 'required' ? /"([^"]+)"/.exec(unit.error)?.[1] : undefined;
  if (missing !== undefined) path.push(missing);
  const message = messageOf(unit, schema, translate);
  return {
    name: unit.keyword,
    property: path.length ? `.${path.join('.')}` : '',
    message,
    stack: message,
    schemaPath: unit.keywordLocation,
  };
}

export function createValidator(translate: Translate): ValidatorType {
  const errorsOf = (schema: RJSFSchema, data: unknown) =>
    leaves(run(schema, data, false).errors).map((unit) => errorOf(unit, schema, translate));

  const validator: ValidatorType = {
    validateFormData(
      formData: unknown, schema: RJSFSchema, customValidate?: CustomValidator, transformErrors?: ErrorTransformer,
      uiSchema?: UiSchema,
    ): ValidationData<unknown> {
      let errors = errorsOf(schema, formData ?? {});
      if (transformErrors) errors = transformErrors(errors, uiSchema);
      const errorSchema = toErrorSchema(errors);
      const data: ValidationData<unknown> = { errors, errorSchema };
      if (!customValidate) return data;
      const complete = getDefaultFormState(validator, schema, formData, schema, true);
      const handler = customValidate(complete, createErrorHandler(complete), uiSchema, errorSchema);
      return validationDataMerge(data, unwrapErrorHandler(handler));
    },
    // rjsf asks this of parts of the schema, to choose between branches: the root's definitions come along.
    isValid: (schema: RJSFSchema, formData: unknown, root: RJSFSchema) =>
      run(root.definitions ? { definitions: root.definitions, ...schema } : schema, formData, true).valid,
    rawValidation: <Result,>(schema: RJSFSchema, formData?: unknown) => ({
      errors: errorsOf(schema, formData) as Result[],
    }),
  };
  return validator;
}

