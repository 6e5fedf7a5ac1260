// The invented programs are plain JavaScript; the tests take them as they come.
declare module '*/mock/forms.mjs' {
  export const formFor: (language: string, known?: object) => import('../shared/api/types').FormReply;
}
declare module '*/mock/store.mjs' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  export const createStore: () => any;
  export const seed: (store: unknown, count: number) => void;
}
declare module '*/mock/till.mjs' {
  export const createTill: (store: unknown) => import('./support').Program;
}
declare module '*/mock/server.mjs' {
  export const createServer: (store: unknown) => import('./support').Program;
}
