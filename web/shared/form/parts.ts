// What of a request's form is asked, given what is known by then.
import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import type { Complainant, Proof } from '../api/types';

export interface Known {
  proof: Proof['kind'];
  complainant?: Complainant['kind'];
}

export interface FormParts {
  schema: RJSFSchema;
  uiSchema: UiSchema;
}

const personal = ['name', 'mobile', 'email'];
const hidden: UiSchema = { 'ui:widget': 'hidden' };

/** Whether the customer may be told anything is the next question after what happened, not one of the rare ones. */
function consentEarly(ticket: UiSchema | undefined): UiSchema {
  const order = (ticket?.['ui:order'] as string[] | undefined) ?? ['category', 'details', '*'];
  const others = order.filter((name) => name !== 'consent_to_contact');
  const after = others.indexOf('details') + 1;
  return { ...ticket, 'ui:order': [...others.slice(0, after), 'consent_to_contact', ...others.slice(after)] };
}

/**
 * The kind of proof follows from what the person did, so it is not asked; the reason is, when there is no proof. Fields
 * of a complainant that the chosen kind does not have are hidden, unless the settings require them.
 */
export function askedParts({ schema, uiSchema }: FormParts, known: Known): FormParts {
  const ui: UiSchema = { ...uiSchema };
  let asked = schema;
  if (known.proof === 'none') {
    ui.proof = { ...(uiSchema.proof as object | undefined), kind: hidden };
  } else {
    const { proof: _proof, ...properties } = schema.properties ?? {};
    asked = { ...schema, properties, required: schema.required?.filter((name) => name !== 'proof') };
  }
  ui.ticket = consentEarly(uiSchema.ticket as UiSchema | undefined);
  const complainant = schema.properties?.complainant as RJSFSchema | undefined;
  const absent = [
    ...(known.complainant === 'anonymous' ? personal : []),
    ...(known.complainant === 'organisation' ? [] : ['organisation']),
  ].filter((name) => complainant?.properties?.[name] !== undefined && !complainant.required?.includes(name));
  ui.complainant = {
    ...(uiSchema.complainant as object | undefined),
    ...Object.fromEntries(absent.map((name) => [name, hidden])),
  };
  return { schema: asked, uiSchema: ui };
}
