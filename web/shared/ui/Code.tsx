import { formatCode } from '../format/code';

export function Code({ code }: { code: string }) {
  return <span className="code">{formatCode(code)}</span>;
}
