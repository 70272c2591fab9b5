import { AsyncLocalStorage } from "node:async_hooks";

import grpc from "@grpc/grpc-js";
import type structPb from "google-protobuf/google/protobuf/struct_pb.js";
import emptyPb from "google-protobuf/google/protobuf/empty_pb.js";
import pluginPb from "@pulumi/pulumi/proto/plugin_pb.js";
import providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import providerPb from "@pulumi/pulumi/proto/provider_pb.js";

import { HalfMade } from "../engine/create.ts";
import { deepEqual } from "../engine/deepEqual.ts";
import type { ChangeKind } from "../engine/diff.ts";
import type { Failure, ResourceDefinition } from "../engine/definition.ts";
import { secretPaths } from "../engine/leaves.ts";
import { formatPath } from "../engine/value.ts";
import type { Path } from "../engine/value.ts";
import { version } from "../version.ts";
import { isSecretSetting } from "./configuration.ts";
import { EngineLog } from "./engineLog.ts";
import { toPartialError, toServiceError } from "./failure.ts";
import { hide } from "./hide.ts";
import { TwilioProvider } from "./provider.ts";
import type { ProviderOptions, Subject } from "./provider.ts";
import { decode, encode, remainingSecrets, secretTexts } from "./values.ts";
import type { Decoded } from "./values.ts";

export interface ServerOptions {
  definitions: readonly ResourceDefinition[];
  env: { readonly [name: string]: string | undefined };
  records?: ProviderOptions["records"];
  stackFile?: ProviderOptions["stackFile"];
  leftJournal?: ProviderOptions["leftJournal"];
}

const { Kind } = providerPb.PropertyDiff;
const kinds = {
  add: Kind.ADD,
  update: Kind.UPDATE,
  delete: Kind.DELETE,
  "add-replace": Kind.ADD_REPLACE,
  "update-replace": Kind.UPDATE_REPLACE,
  "delete-replace": Kind.DELETE_REPLACE,
} as const satisfies { [kind in ChangeKind]: providerPb.PropertyDiff.Kind };

/** Answers Pulumi's calls. Everything about protocol buffers and gRPC is here and in values.ts. */
export class ProviderServer {
  readonly #log = new EngineLog();
  readonly #provider: TwilioProvider;
  readonly #definitions: readonly ResourceDefinition[];
  /** What the call at hand decoded: no secret of it must show in a message. */
  readonly #seen = new AsyncLocalStorage<Decoded[]>();
  #server: grpc.Server | undefined;

  constructor({ definitions, env, records, stackFile, leftJournal }: ServerOptions) {
    this.#definitions = definitions;
    this.#provider = new TwilioProvider({
      definitions,
      env,
      ...(records && { records }),
      ...(stackFile && { stackFile }),
      ...(leftJournal && { leftJournal }),
      log: (severity, message, urn) => {
        this.#log.log(severity, hide(message, this.#hidden()), urn);
      },
    });
  }

  /** Listens on loopback and returns the port. */
  async listen(): Promise<number> {
    const server = new grpc.Server({
      "grpc.max_receive_message_length": -1,
      "grpc.max_send_message_length": -1,
    });
    server.addService(providerGrpc.ResourceProviderService, this.#implementation());
    this.#server = server;
    return new Promise((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
  }

  /** Stops listening and lets go of every connection. */
  close(): void {
    this.#server?.forceShutdown();
    this.#provider.close();
    this.#log.close();
  }

  /** Gives the address of the Pulumi engine, for messages. */
  connect(engineAddress: string): void {
    this.#log.connect(engineAddress);
  }

  #implementation(): grpc.UntypedServiceImplementation {
    const supported: grpc.UntypedServiceImplementation = {
      handshake: this.#unary((request: providerPb.ProviderHandshakeRequest) => this.#handshake(request)),
      getPluginInfo: this.#unary(() => new pluginPb.PluginInfo().setVersion(version)),
      attach: this.#unary((request: pluginPb.PluginAttach) => {
        this.connect(request.getAddress());
        return new emptyPb.Empty();
      }),
      cancel: this.#unary(() => {
        this.#provider.cancel();
        return new emptyPb.Empty();
      }),
      getSchema: this.#unary(() => new providerPb.GetSchemaResponse().setSchema(this.#provider.schema())),
      checkConfig: this.#unary((request: providerPb.CheckRequest) => this.#checkConfig(request)),
      diffConfig: this.#unary((request: providerPb.DiffRequest) => this.#diffConfig(request)),
      configure: this.#unary((request: providerPb.ConfigureRequest) => this.#configure(request)),
      check: this.#unary((request: providerPb.CheckRequest) => this.#check(request)),
      diff: this.#unary((request: providerPb.DiffRequest) => this.#diff(request)),
      create: this.#unary((request: providerPb.CreateRequest) => this.#create(request)),
      update: this.#unary((request: providerPb.UpdateRequest) => this.#update(request)),
      read: this.#unary((request: providerPb.ReadRequest) => this.#read(request)),
      delete: this.#unary((request: providerPb.DeleteRequest) => this.#delete(request)),
      invoke: this.#unary((request: providerPb.InvokeRequest) => this.#invoke(request)),
    };
    const others = Object.keys(providerGrpc.ResourceProviderService).filter((name) => !(name in supported));
    return { ...supported, ...Object.fromEntries(others.map((name) => [name, unimplemented(name)])) };
  }

  /** A handler whose errors Pulumi shows as they are, without secrets. */
  #unary<Request, Response>(
    handle: (request: Request) => Response | Promise<Response>,
  ): grpc.handleUnaryCall<Request, Response> {
    return (call, callback) => {
      const seen: Decoded[] = [];
      this.#seen.run(seen, () => {
        Promise.resolve()
          .then(() => handle(call.request))
          .then(
            (response) => callback(null, response),
            (error: unknown) => {
              const [inputs] = seen;
              callback(
                error instanceof HalfMade && inputs
                  ? toPartialError(error, inputs, this.#hidden())
                  : toServiceError(error, this.#hidden()),
              );
            },
          );
      });
    };
  }

  /** Decodes properties of the call at hand. */
  #decode(struct: structPb.Struct | undefined): Decoded {
    const decoded = decode(struct);
    this.#seen.getStore()?.push(decoded);
    return decoded;
  }

  /** What must not show in a message of the call at hand. */
  #hidden(): string[] {
    return [...this.#provider.credentials, ...(this.#seen.getStore() ?? []).flatMap(secretTexts)];
  }

  #handshake(request: providerPb.ProviderHandshakeRequest): providerPb.ProviderHandshakeResponse {
    const address = request.getEngineAddress();
    if (address !== "") this.connect(address);
    return new providerPb.ProviderHandshakeResponse().setAcceptSecrets(true);
  }

  async #checkConfig(request: providerPb.CheckRequest): Promise<providerPb.CheckResponse> {
    const news = decode(request.getNews());
    const recorded = decode(request.getOlds()).properties;
    const checked = await this.#provider.checkConfig(news.properties, recorded, request.getUrn());
    const { known, failures } = checked;
    const properties = { ...news.properties, ...known };
    // Credentials are encrypted in the state, however they were configured.
    const credentials = Object.keys(properties)
      .filter(isSecretSetting)
      .map((name) => [name]);
    return new providerPb.CheckResponse()
      .setInputs(encode({ properties, secrets: [...news.secrets, ...credentials] }))
      .setFailuresList(failures.map(({ property, reason }) => checkFailure(property, reason)));
  }

  /**
   * Which settings changed: Pulumi goes on with the old ones where none did. Another account or another local Twilio is
   * refused, before anything is done in it: the resources of the provider are not there.
   */
  #diffConfig(request: providerPb.DiffRequest): providerPb.DiffResponse {
    const recorded = decode(request.getOldInputs() ?? request.getOlds()).properties;
    const configured = decode(request.getNews()).properties;
    this.#provider.diffConfig(recorded, configured, request.getUrn());
    const names = [...new Set([...Object.keys(recorded), ...Object.keys(configured)])];
    const changed = names.filter((name) => !deepEqual(recorded[name], configured[name]));
    const { DIFF_SOME, DIFF_NONE } = providerPb.DiffResponse.DiffChanges;
    return new providerPb.DiffResponse()
      .setChanges(changed.length > 0 ? DIFF_SOME : DIFF_NONE)
      .setDiffsList(changed);
  }

  #configure(request: providerPb.ConfigureRequest): providerPb.ConfigureResponse {
    this.#provider.configure(decode(request.getArgs()).properties, request.getUrn() ?? "");
    return new providerPb.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
  }

  async #check(request: providerPb.CheckRequest): Promise<providerPb.CheckResponse> {
    const inputs = this.#decode(request.getNews());
    const old = decode(request.getOlds());
    const failures = await this.#provider.check(subjectOf(request), old.properties, inputs.properties);
    return new providerPb.CheckResponse()
      .setInputs(request.getNews())
      .setFailuresList(failures.map((failure) => toCheckFailure(failure, inputs)));
  }

  async #diff(request: providerPb.DiffRequest): Promise<providerPb.DiffResponse> {
    const inputs = this.#decode(request.getNews());
    const old = {
      id: request.getId(),
      state: this.#decode(request.getOlds()).properties,
      inputs: decode(request.getOldInputs()).properties,
    };
    const found = await this.#provider.diff(
      subjectOf(request),
      old,
      inputs.properties,
      request.getIgnorechangesList(),
    );
    const response = new providerPb.DiffResponse()
      .setHasdetaileddiff(true)
      .setDeletebeforereplace(found.deleteBeforeReplace)
      .setReplacesList(found.replaces)
      .setStablesList(found.stables)
      .setDiffsList([...new Set([...found.properties.keys()].map((path) => /^[^.[]*/.exec(path)![0]))]);
    const { DIFF_SOME, DIFF_NONE } = providerPb.DiffResponse.DiffChanges;
    response.setChanges(found.properties.size > 0 ? DIFF_SOME : DIFF_NONE);
    for (const [path, { kind, inInputs }] of found.properties) {
      response
        .getDetaileddiffMap()
        .set(path, new providerPb.PropertyDiff().setKind(kinds[kind]).setInputdiff(inInputs));
    }
    return response;
  }

  async #create(request: providerPb.CreateRequest): Promise<providerPb.CreateResponse> {
    const inputs = this.#decode(request.getProperties());
    const subject = subjectOf(request);
    const secretInputs = [...new Set(inputs.secrets.map(([name]) => String(name)))];
    const { id, state } = await this.#provider.create(
      subject,
      inputs.properties,
      request.getPreview(),
      secretInputs,
    );
    return new providerPb.CreateResponse()
      .setId(id)
      .setProperties(this.#encodeState(subject, state, inputs.secrets));
  }

  async #update(request: providerPb.UpdateRequest): Promise<providerPb.UpdateResponse> {
    const inputs = this.#decode(request.getNews());
    const oldState = this.#decode(request.getOlds());
    const old = {
      id: request.getId(),
      state: oldState.properties,
      inputs: decode(request.getOldInputs()).properties,
    };
    const subject = subjectOf(request);
    const state = await this.#provider.update(subject, old, inputs.properties, request.getPreview());
    const secrets = [...inputs.secrets, ...remainingSecrets(oldState, inputs)];
    return new providerPb.UpdateResponse().setProperties(this.#encodeState(subject, state, secrets));
  }

  async #read(request: providerPb.ReadRequest): Promise<providerPb.ReadResponse> {
    const inputs = this.#decode(request.getInputs());
    const state = this.#decode(request.getProperties());
    const subject = subjectOf(request);
    const found = await this.#provider.read(subject, {
      id: request.getId(),
      state: state.properties,
      inputs: inputs.properties,
    });
    const response = new providerPb.ReadResponse();
    if (found === undefined) return response;
    const secrets = [...inputs.secrets, ...state.secrets];
    return response
      .setId(found.id)
      .setProperties(this.#encodeState(subject, found.state, secrets))
      .setInputs(this.#encodeState(subject, found.inputs, secrets));
  }

  async #delete(request: providerPb.DeleteRequest): Promise<emptyPb.Empty> {
    const state = this.#decode(request.getProperties());
    const inputs = decode(request.getOldInputs()).properties;
    await this.#provider.delete(subjectOf(request), { id: request.getId(), state: state.properties, inputs });
    return new emptyPb.Empty();
  }

  async #invoke(request: providerPb.InvokeRequest): Promise<providerPb.InvokeResponse> {
    const args = this.#decode(request.getArgs());
    const result = await this.#provider.invoke(request.getTok(), args.properties, request.getPreview());
    const response = new providerPb.InvokeResponse();
    if (Array.isArray(result)) {
      return response.setFailuresList(result.map((failure) => toCheckFailure(failure, args)));
    }
    return response.setReturn(encode({ properties: result, secrets: args.secrets }));
  }

  /** Wraps what was secret in the inputs, and what is secret by definition. */
  #encodeState(subject: Subject, properties: Decoded["properties"], secrets: readonly Path[]) {
    const definition = this.#definitions.find(({ token }) => token === subject.type);
    return encode({ properties, secrets: [...secrets, ...secretPaths(definition)] });
  }
}

interface HasUrn {
  getUrn(): string;
}

/** The URN says the type: `urn:pulumi:stack::project::parent$twilio:taskrouter:TaskQueue::name`. */
function subjectOf(request: HasUrn): Subject {
  const urn = request.getUrn();
  const types = urn.split("::")[2] ?? "";
  return { urn, type: types.slice(types.lastIndexOf("$") + 1) };
}

/**
 * A failure as Pulumi wants it. Pulumi shows the value of the property that it names, secret or not and
 * however long, so a property is only named where its value is short and no secret; else the message
 * begins with the path.
 */
function toCheckFailure({ path, reason }: Failure, inputs: Decoded): providerPb.CheckFailure {
  const property = formatPath(path);
  const value = inputs.properties[property];
  const secret = inputs.secrets.some(([name]) => name === path[0]);
  // A value may be shortened in a reason, and then not be found there as a secret.
  const text = hide(secret ? reason.replace(/, got .*/s, "") : reason, secretTexts(inputs));
  const short = typeof value !== "object" && String(value).length <= 100;
  return path.length === 1 && short && !secret
    ? checkFailure(property, text)
    : checkFailure("", `${property} ${text}`);
}

function checkFailure(property: string, reason: string): providerPb.CheckFailure {
  return new providerPb.CheckFailure().setProperty(property).setReason(reason);
}

function unimplemented(name: string): grpc.handleUnaryCall<unknown, unknown> {
  return (_call, callback) => {
    callback({ code: grpc.status.UNIMPLEMENTED, details: `the twilio provider does not support ${name}` });
  };
}
