import { IconDeviceMobileMessage, IconMail } from '@tabler/icons-react';
import type { Notification } from '../../shared/api/types';
import { exactTime, relativeTime } from '../../shared/format/time';
import { Pill } from '../../shared/ui/StatePill';
import { useZone } from '../session';
import { useWords } from '../words';
import { useNotifications } from './useTicket';

const hue: Record<Notification['state'], string> = { pending: 'yellow', sent: 'blue', delivered: 'sage', failed: 'orange', dead: 'red', cancelled: 'gray' };

/** Who was told what, and whether it arrived. */
export function Messages({ id, store }: { id: string; store?: string }) {
  const { t } = useWords();
  const { data } = useNotifications(id);
  return (
    <section className="card">
      <h2>{t('messages.title')}</h2>
      {data?.length === 0 && <p className="dim">{t('messages.none')}</p>}
      <ul className="messages">{data?.map((message) => <Message key={message.id} message={message} store={store} />)}</ul>
    </section>
  );
}

function Message({ message, store }: { message: Notification; store?: string }) {
  const zone = useZone(store);
  const { t, language, word } = useWords();
  return (
    <li>
      {message.channel === 'sms' ? <IconDeviceMobileMessage size={18} /> : <IconMail size={18} />}
      <div>
        <div><strong>{word(`on.${message.on}`, message.on)}</strong> <span className="dim">{message.audience && word(`audience.${message.audience}`, message.audience)} <span className="tabular">{message.to}</span></span></div>
        {message.text && <div className="dim clamp">{message.text}</div>}
        {message.last_error && <div className={message.state === 'cancelled' ? 'dim' : 'warn'}>{word(`message_error.${message.last_error}`, message.last_error)}</div>}
      </div>
      <div className="message-state">
        <Pill color={hue[message.state] ?? 'gray'} label={t(`delivery.${message.state}`)} />
        <small className="dim">
          {message.attempts > 1 && `${t('messages.attempts', { n: message.attempts })} · `}
          <time dateTime={message.at} title={exactTime(message.at, language, zone)}>{relativeTime(message.at, language)}</time>
        </small>
      </div>
    </li>
  );
}
