// The frame of a form: the request's top-level parts are cards, what is inside flows in two columns, rare fields are
// folded away.
import { Button, Collapse } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { getUiOptions, type ObjectFieldTemplateProps, type ObjectFieldTemplatePropertyType, type RJSFSchema } from '@rjsf/utils';
import { useState } from 'react';
import { useI18n } from '../i18n/i18n';
import type { FormContext } from './SchemaForm';

// Folded unless the settings' UI schema says otherwise ("ui:options": {"folded": false}), or they are required.
const rare = new Set(['collect_at', 'confidential', 'outcome_sought']);
const longTextFrom = 400;

export function FieldGroup(props: ObjectFieldTemplateProps) {
  const depth = props.fieldPathId.path.length;
  const { layout } = props.registry.formContext as FormContext;
  if (depth === 0 && layout === 'sections') {
    return (
      <div className="sf-root">
        {props.properties.filter((part) => !part.hidden).map((part) => (
          <div key={part.name} className={`sf-part sf-part-${part.name}`}>{part.content}</div>
        ))}
      </div>
    );
  }
  if (depth === 0) {
    return <div className="sf-plain">{props.properties.map((part) => <Cell key={part.name} part={part} owner={props} />)}</div>;
  }
  if (depth === 1 && layout === 'sections') return <Section {...props} />;
  return <>{props.properties.map((part) => <Cell key={part.name} part={part} owner={props} />)}</>;
}

function Section(props: ObjectFieldTemplateProps) {
  const { t } = useI18n();
  const [open, setOpen] = useState(false);
  const name = String(props.fieldPathId.path[0]);
  const titles: Record<string, string> = {
    ticket: t('form.ticket'), complainant: t('form.complainant'), proof: t('form.proof'),
  };
  const visible = props.properties.filter((part) => !part.hidden);
  const folded = visible.filter((part) => isFolded(part.name, props));
  const shown = visible.filter((part) => !folded.includes(part));
  if (visible.length === 0) return null;
  return (
    <section className={`sf-section sf-${name}`}>
      <h3>{titles[name] ?? props.title}</h3>
      <div className="sf-grid">{shown.map((part) => <Cell key={part.name} part={part} owner={props} />)}</div>
      {folded.length > 0 && (
        <>
          <Button
            variant="subtle" className="sf-more" aria-expanded={open} onClick={() => setOpen(!open)}
            leftSection={open ? <IconChevronUp size={20} /> : <IconChevronDown size={20} />}
          >
            {open ? t('common.less') : t('common.more')}
          </Button>
          <Collapse expanded={open}>
            <div className="sf-grid">{folded.map((part) => <Cell key={part.name} part={part} owner={props} />)}</div>
          </Collapse>
        </>
      )}
    </section>
  );
}

function Cell({ part, owner }: { part: ObjectFieldTemplatePropertyType; owner: ObjectFieldTemplateProps }) {
  if (part.hidden) return part.content;
  const schema = owner.schema.properties?.[part.name] as RJSFSchema | undefined;
  if (schema?.type === 'object' && !getUiOptions(owner.uiSchema?.[part.name]).field) return part.content;
  return <div className={`sf-field sf-field-${part.name}${isWide(part.name, schema, owner) ? ' sf-wide' : ''}`}>{part.content}</div>;
}

function isFolded(name: string, owner: ObjectFieldTemplateProps): boolean {
  const chosen = getUiOptions(owner.uiSchema?.[name]).folded;
  const required = owner.schema.required?.includes(name) ?? false;
  const hasError = Boolean(owner.errorSchema?.[name]?.__errors?.length);
  return !required && !hasError && (typeof chosen === 'boolean' ? chosen : rare.has(name));
}

function isWide(name: string, schema: RJSFSchema | undefined, owner: ObjectFieldTemplateProps): boolean {
  const { widget } = getUiOptions(owner.uiSchema?.[name]);
  const choices = schema?.oneOf?.length ?? schema?.enum?.length ?? 0;
  return widget === 'textarea' || schema?.type === 'array' || (schema?.maxLength ?? 0) >= longTextFrom || choices > 2;
}
