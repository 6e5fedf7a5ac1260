// The schema forms as both programs derive them from settings, for the invented chain.
import * as chain from './chain.mjs';

const titles = {
  en: { kind: 'Kind', department: 'Department', priority: 'Priority', category: 'Category', details: 'Details', outcome_sought: 'What the customer would like', consent: 'May be contacted', confidential: 'Confidential', collect_at: 'Collect at', serial: 'Serial number', safety: 'Could someone be hurt?', bought_for: 'Value of the damage', who: 'Who', name: 'Name', mobile: 'Mobile', email: 'E-mail', organisation: 'Organisation', reason: 'Why is there no receipt?', status: 'Status', from: 'Created from', to: 'Created to', customer_number: 'Customer number', code: 'Ticket code', member: 'Customer', contact: 'Contact', anonymous: 'Anonymous', org: 'Organisation', complaint: 'Complaint', suggestion: 'Suggestion', service: 'Service' },
  de: { kind: 'Art', department: 'Abteilung', priority: 'Priorität', category: 'Kategorie', details: 'Beschreibung', outcome_sought: 'Was der Kunde möchte', consent: 'Darf kontaktiert werden', confidential: 'Vertraulich', collect_at: 'Abholen in', serial: 'Seriennummer', safety: 'Könnte sich jemand verletzen?', bought_for: 'Höhe des Schadens', who: 'Wer', name: 'Name', mobile: 'Handynummer', email: 'E-Mail', organisation: 'Organisation', reason: 'Warum gibt es keinen Bon?', status: 'Status', from: 'Angelegt ab', to: 'Angelegt bis', customer_number: 'Kundennummer', code: 'Ticketcode', member: 'Kunde', contact: 'Kontakt', anonymous: 'Anonym', org: 'Organisation', complaint: 'Beschwerde', suggestion: 'Vorschlag', service: 'Service' },
};

export function formFor(language, { customer, kind = 'complaint', proof = 'looked_up', formId } = {}) {
  const t = titles[language] ?? titles.en;
  const choice = (title, list) => ({ type: 'string', title, oneOf: list.map((item) => ({ const: item.id, title: label(item, language) })) });
  const mobile = customer?.identifiers?.find((i) => i.type === 'mobile')?.value;
  return {
    ...(formId ? { form_id: formId } : {}),
    settings_version: 3,
    schema: {
      $schema: 'http://json-schema.org/draft-07/schema#', type: 'object', required: ['kind', 'ticket', 'complainant', 'proof'],
      properties: {
        kind: { type: 'string', title: t.kind, default: 'complaint', oneOf: ['complaint', 'suggestion', 'service'].map((id) => ({ const: id, title: t[id] })) },
        ticket: {
          type: 'object', required: ['category', 'details'],
          properties: {
            category: choice(t.category, chain.categories), details: { type: 'string', title: t.details, minLength: 1, maxLength: 8000 },
            priority: choice(t.priority, chain.priorities), department: choice(t.department, chain.departments),
            outcome_sought: choice(t.outcome_sought, chain.outcomes), collect_at: choice(t.collect_at, chain.stores),
            consent_to_contact: { type: 'boolean', title: t.consent }, confidential: { type: 'boolean', title: t.confidential, default: false },
            custom: { type: 'object', properties: { damage: { type: 'object', title: t.bought_for, required: ['amount', 'currency'], properties: { amount: { type: 'integer', minimum: 0 }, currency: { type: 'string', enum: ['EUR'] } } } } },
          },
          allOf: [{
            if: { properties: { category: { enum: ['defective', 'missing_part'] } }, required: ['category'] },
            then: { properties: { custom: { properties: { serial_number: { type: 'string', title: t.serial, maxLength: 60 }, safety: { type: 'boolean', title: t.safety } } } } },
          }],
        },
        complainant: {
          type: 'object', required: ['kind'],
          properties: {
            kind: { type: 'string', title: t.who, default: 'member', oneOf: [['member', t.member], ['contact', t.contact], ['anonymous', t.anonymous], ['organisation', t.org]].map(([id, title]) => ({ const: id, title })) },
            name: { type: 'string', title: t.name, maxLength: 120 }, mobile: { type: 'string', title: t.mobile, maxLength: 32 },
            email: { type: 'string', title: t.email, format: 'email', maxLength: 254 }, organisation: { type: 'string', title: t.organisation, maxLength: 120 },
          },
        },
        proof: { type: 'object', required: ['kind'], properties: { kind: { type: 'string', enum: ['looked_up', 'typed', 'none'] }, reason: choice(t.reason, chain.noProofReasons) }, if: { properties: { kind: { const: 'none' } } }, then: { required: ['reason'] } },
      },
    },
    ui_schema: {
      'ui:order': ['kind', 'ticket', 'complainant', 'proof'],
      ticket: { details: { 'ui:widget': 'textarea' }, custom: { damage: { 'ui:field': 'money' } }, 'ui:order': ['category', 'details', 'custom', 'priority', 'department', '*'] },
    },
    data: {
      kind, ticket: { consent_to_contact: true, confidential: false, priority: 'medium' },
      complainant: customer ? { kind: 'member', name: customer.name, ...(mobile ? { mobile } : {}) } : { kind: 'contact' }, proof: { kind: proof },
    },
    filters: {
      schema: {
        type: 'object',
        properties: {
          code: { type: 'string', title: t.code }, customer_number: { type: 'string', title: t.customer_number },
          status: { type: 'array', uniqueItems: true, title: t.status, items: { type: 'string', oneOf: chain.states.map((s) => ({ const: s.id, title: s.label[language] })) } },
          priority: { type: 'array', uniqueItems: true, title: t.priority, items: choice('', chain.priorities) },
          department: { type: 'array', uniqueItems: true, title: t.department, items: choice('', chain.departments) },
          created_from: { type: 'string', format: 'date', title: t.from }, created_to: { type: 'string', format: 'date', title: t.to },
        },
      },
      ui_schema: {},
    },
    choices: { withdrawal_reasons: localised(chain.withdrawalReasons, language), goods_conditions: localised(chain.goodsConditions, language), resolution_codes: localised(chain.resolutionCodes, language), remedies: ['refund', 'exchange', 'repair', 'voucher', 'apology', 'other'].map((id) => ({ id })), amend_window_minutes: 30, currency: 'EUR' },
  };
}

const label = (item, language) => (typeof item.name === 'string' ? item.name : (item.label ?? item.name)[language]);
const localised = (list, language) => list.map((item) => ({ id: item.id, label: label(item, language) }));
