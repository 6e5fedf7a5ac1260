import { Button } from '@mantine/core';
import { IconMail, IconMessage, IconQrcode } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { TourMessage } from '../shared/api/types';
import { localeOf } from '../shared/format/time';
import { useWords } from './words';

interface Props {
  messages: TourMessage[];
  /** The customer has come to collect, and holds the phone under the till's scanner. */
  onShowCode?: () => void;
}

/** The messages that really went out, as the customer sees them. */
export function Phone({ messages, onShowCode }: Props) {
  const { t } = useWords();
  const end = useRef<HTMLDivElement>(null);
  const ordered = messages.filter(isForCustomer).sort((a, b) => a.at.localeCompare(b.at));
  useEffect(() => {
    // Scrolling answers with a promise, which an effect must not return.
    void end.current?.scrollIntoView({ block: 'end', behavior: 'smooth' });
  }, [ordered.length, onShowCode === undefined]); // the button takes room from the messages
  return (
    <section className="phone-column">
      <div className="pane-title"><h2>{t('pane.phone')}</h2></div>
      <div className="phone">
        <div className="phone-top" />
        <div className="phone-screen" aria-live="polite">
          {ordered.length === 0 && <p className="phone-empty"><IconMessage size={34} stroke={1.3} />{t('phone.empty')}</p>}
          {ordered.map((message) => <Message key={message.id} message={message} />)}
          <div ref={end} />
        </div>
        {onShowCode && <Button size="md" mt={10} radius={18} leftSection={<IconQrcode size={18} />} onClick={onShowCode}>{t('phone.show_code')}</Button>}
      </div>
    </section>
  );
}

/** Departments get mails too: they do not ring on the customer's phone. */
export function isForCustomer({ audience, channel }: TourMessage): boolean {
  return audience === undefined ? channel === 'sms' : audience === 'customer';
}

function Message({ message }: { message: TourMessage }) {
  const { t, language } = useWords();
  const time = new Date(message.at).toLocaleTimeString(localeOf(language), { hour: '2-digit', minute: '2-digit' });
  const mail = message.channel === 'email';
  return (
    <article className={mail ? 'mail' : 'sms'}>
      <header>{mail ? <IconMail size={14} /> : <IconMessage size={14} />}{mail ? t('phone.mail') : t('phone.sms')}<time dateTime={message.at}>{time}</time></header>
      {mail && message.subject && <strong>{message.subject}</strong>}
      <p>{message.text}</p>
    </article>
  );
}
