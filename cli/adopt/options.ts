/** What `flex-stack adopt` is to do. */
export interface AdoptOptions {
  stack: string;
  output?: string;
  print: boolean;
  yes: boolean;
  cwd: string;
}
