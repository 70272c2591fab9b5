import sax from "sax";

/** An element of a document, by its name without prefix. */
export interface Element {
  readonly name: string;
  /** By name without prefix; declarations of namespaces are none. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly (Element | string)[];
}

/** Without `strictEntities` (which the types don't know) entities of HTML would be taken. */
const options: sax.SAXOptions & { strictEntities: true } = {
  xmlns: true,
  position: true,
  strictEntities: true,
};

/** Elements may stand in so many others: TwiML needs three, and an answer of 64 kB has room for thousands. */
const maxDepth = 100;

/**
 * Reads a document, strictly: what is not well-formed is refused. Nothing that a DOCTYPE declares is heeded: entities of
 * its own are unknown ones, so that none is fetched and none grows.
 *
 * @throws Error that says what is wrong and where
 */
export function parseXml(text: string): Element {
  const parser = sax.parser(true, options);
  const open: { name: string; attributes: Map<string, string>; children: (Element | string)[] }[] = [];
  const given = new Set<string>();
  let root: Element | undefined;
  const refuse = (what: string): never => {
    throw new Error(`${what} (line ${parser.line + 1}, column ${parser.column})`);
  };
  const add = (content: string): void => void open.at(-1)?.children.push(content);

  parser.onerror = (error) => refuse(error.message.split("\n")[0] ?? "");
  parser.onopentagstart = () => given.clear();
  parser.onattribute = ({ name }) => {
    if (given.has(name)) refuse(`Attribute ${name} is there twice`);
    given.add(name);
  };
  parser.onopentag = (node) => {
    if (open.length >= maxDepth) refuse(`Elements stand in more than ${maxDepth} others`);
    if (open.length === 0 && root !== undefined) refuse("There is more than one root element");
    const { local, attributes } = node as sax.QualifiedTag;
    const own = Object.values(attributes).filter(
      ({ name, prefix }) => prefix !== "xmlns" && name !== "xmlns",
    );
    const element = {
      name: local,
      attributes: new Map(own.map((attribute) => [attribute.local, attribute.value])),
      children: [],
    };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  };
  parser.onclosetag = () => void open.pop();
  parser.ontext = add;
  parser.oncdata = add;
  // A line ends with one character, whatever it ends with in the document (XML 1.0, 2.11).
  parser.write(text.replaceAll(/\r\n?/g, "\n")).close();
  return root ?? refuse("There is no root element");
}

/** All text in an element, also that of the elements in it. */
export function textOf({ children }: Element): string {
  return children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}

export const isElement = (child: Element | string): child is Element => typeof child !== "string";
