import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Octokit } from "@octokit/rest";
import type { GitHubStep } from "../github-step.ts";

export interface Issue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  state: "open" | "closed";
  comments: string[];
  pull_request?: object;
}

export interface Run {
  id: number;
  head_sha: string;
  event: string;
  conclusion: string;
  head_repository: { full_name: string } | null;
  artifacts: { name: string; expired: boolean }[];
}

export interface PullRequest {
  merged_at: string | null;
  merge_commit_sha: string | null;
  head: { sha: string };
}

/** As much of GitHub's REST API as the workflows' steps use, for one repository `acme/flex`. */
export class GitHub {
  issues: Issue[] = [];
  runs: Run[] = [];
  pullRequests: PullRequest[] = [];
  /** What was asked: `POST issues`. */
  readonly requests: string[] = [];
  /** Answers everything with this status, where set. */
  refuses: number | undefined;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<GitHub> {
    const server = createServer();
    const github = new GitHub(server);
    server.on("request", (request, response) => {
      void readBody(request).then((body) => {
        const [status, answer] = github.#answer(request, body);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return github;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** A step that talks to it. */
  step(stack: string, sha = "a".repeat(40)): GitHubStep {
    const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const github = new Octokit({ auth: "token", baseUrl: this.url, log });
    return { stack, sha, repository: { owner: "acme", repo: "flex" }, github };
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ method = "GET", url = "/" }: IncomingMessage, body: Record<string, unknown>): [number, unknown] {
    const { pathname, searchParams } = new URL(url, this.url);
    const path = pathname.replace("/repos/acme/flex/", "");
    this.requests.push(`${method} ${path}`);
    if (this.refuses !== undefined)
      return [this.refuses, { message: "Resource not accessible by integration" }];
    const [kind, ...rest] = path.split("/");
    if (kind === "issues") return this.#issue(method, rest, searchParams, body);
    if (kind === "commits" && rest[1] === "pulls") return [200, this.pullRequests];
    if (kind === "actions") return this.#actions(rest, searchParams);
    return [404, { message: "Not Found" }];
  }

  #issue(
    method: string,
    [number, comments]: string[],
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): [number, unknown] {
    if (number === undefined && method === "GET") {
      const label = query.get("labels") ?? "";
      const found = this.issues.filter(({ state, labels }) => state === "open" && labels.includes(label));
      return [200, query.get("page") === "2" ? [] : found];
    }
    if (number === undefined) {
      const issue = {
        number: this.issues.length + 1,
        state: "open",
        comments: [],
        ...body,
      } as unknown as Issue;
      this.issues.push(issue);
      return [201, issue];
    }
    const issue = this.issues.find((each) => each.number === Number(number));
    if (!issue) return [404, { message: "Not Found" }];
    if (comments) issue.comments.push(String(body["body"]));
    else Object.assign(issue, body);
    return [comments ? 201 : 200, issue];
  }

  #actions([kind, id, list]: string[], query: URLSearchParams): [number, unknown] {
    if (kind === "workflows" && id === "preview.yml" && list === "runs") {
      const workflow_runs = this.runs.filter(
        ({ head_sha, event, conclusion }) =>
          head_sha === query.get("head_sha") &&
          event === query.get("event") &&
          conclusion === query.get("status"),
      );
      return [200, { total_count: workflow_runs.length, workflow_runs }];
    }
    const run = this.runs.find((each) => each.id === Number(id));
    if (kind !== "runs" || list !== "artifacts" || !run) return [404, { message: "Not Found" }];
    const artifacts = run.artifacts.filter(({ name }) => name === query.get("name"));
    return [200, { total_count: artifacts.length, artifacts }];
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}
