/** Options of every kind of message. */
export interface SimulateOptions {
  stack: string;
  /** What the customer writes; a picture needs no text. */
  body?: string;
  media: string[];
  reply: string[];
  agent?: string;
  /** Whoever is offered the task serves it. */
  answer: boolean;
  /** Somebody writes as customer and agent, text by text. */
  interactive: boolean;
  json: boolean;
  cwd: string;
}

export interface TextOptions extends SimulateOptions {
  from: string;
  to?: string;
}

export interface ChatOptions extends SimulateOptions {
  identity: string;
}
