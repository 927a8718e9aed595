/** The older body-parser, in addition to the newer one. */
declare module 'body-parser-1' {
  export { default } from 'body-parser';
}
