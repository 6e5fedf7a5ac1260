import { useEffect, useState } from 'react';

const everyMs = 30_000;

/** Epoch milliseconds that move on by themselves: what depends on them is never half a minute out of date. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
