import { Button } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconArrowsMaximize, IconPlugOff } from '@tabler/icons-react';
import type { RefObject } from 'react';
import { useWords } from './words';

interface Props {
  title: string;
  url: string;
  /** The size the screen is made for, in CSS pixels; it is shown scaled to the room there is. */
  logical: { width: number; height: number };
  large: boolean;
  dead?: boolean;
  onEnlarge: () => void;
  frame?: RefObject<HTMLIFrameElement | null>;
}

export function Pane({ title, url, logical, large, dead, onEnlarge, frame }: Props) {
  const { t } = useWords();
  const { ref, width } = useElementSize();
  const scale = width / logical.width;
  return (
    <section className={large ? 'pane large' : 'pane'}>
      <div className="pane-title">
        <h2>{title}</h2>
        {!large && <Button size="compact-sm" variant="subtle" leftSection={<IconArrowsMaximize size={15} />} onClick={onEnlarge}>{t('pane.enlarge')}</Button>}
      </div>
      <div className="screen" ref={ref} style={{ height: logical.height * scale }}>
        <iframe ref={frame} title={title} src={url} width={logical.width} height={logical.height} style={{ transform: `scale(${scale})` }} />
        {dead && <div className="dead"><IconPlugOff size={52} stroke={1.4} /><strong>{t('till.dead')}</strong><span>{t('till.dead_hint')}</span></div>}
      </div>
    </section>
  );
}
