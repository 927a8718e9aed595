/** The older body-parser, beside the newer one. */
declare module 'body-parser-1' {
  export { default } from 'body-parser';
}
