import { IconAlertTriangle, IconCloudCheck, IconCloudOff, IconCloudUp, IconPlayerPause } from '@tabler/icons-react';
import type { PluginStatus } from '../../shared/api/types';
import { hrefOf } from '../../shared/nav/hash';
import { useWords } from '../words';

/** Quiet, always there, in a clerk's words; a touch shows what is saved here. */
export function NetworkBadge({ status, dead }: { status: PluginStatus; dead: boolean }) {
  const { t } = useWords();
  const { queue_depth: waiting, quarantined, network } = status;
  const connected = network === 'online';
  const icons = {
    online: waiting > 0 ? <IconCloudUp size={22} /> : <IconCloudCheck size={22} />,
    offline: <IconCloudOff size={22} />,
    paused: <IconPlayerPause size={22} />,
    unknown: <IconCloudUp size={22} />,
  };
  return (
    <a className={`network-badge ${dead ? 'dead' : network}`} href={hrefOf('/unsent')} aria-live="polite">
      {dead ? <IconAlertTriangle size={22} /> : icons[network]}
      <span>
        {dead ? t('net.dead') : connected && waiting > 0 ? t('net.sending', { n: waiting }) : t(`net.${network}`)}
        {!dead && !connected && waiting > 0 && <small>{t('net.unsent', { n: waiting })}</small>}
        {!dead && quarantined > 0 && <small className="to-correct">{t('net.quarantined', { n: quarantined })}</small>}
      </span>
    </a>
  );
}
