import { Leader, type News, type Told, type Topic } from './leader';

export type { Topic };

/** A follower of topics in this tab. */
export interface Follower {
  hear: (data: Told) => void;
  /** Called when changes may have been missed. */
  gap: () => void;
}

/** Messages between tabs. */
type Message =
  | News
  /** There is a new leader that does not know the wanted topics yet. */
  | { kind: 'who' }
  | { kind: 'wants'; tab: string; topics: Topic[] };

interface Surroundings {
  /** This tab's unique id. */
  tab: string;
  channel: BroadcastChannel;
  /**
   * Calls `whenHeld` once no other tab leads; leadership lasts until its promise settles; `signal` withdraws the
   * request.
   */
  lock: (whenHeld: () => Promise<void>, signal: AbortSignal) => void;
  Source: typeof EventSource;
}

/**
 * A tab's part in the event streams shared by all tabs of the browser: of the visible tabs that follow something, one
 * leads. It listens for all and informs the others; when it is hidden, closed or dies, another takes over.
 */
export class Hub {
  private readonly followers = new Map<Follower, readonly Topic[]>();
  private isSeen = false;
  private candidacy: AbortController | undefined;
  private leader: Leader | undefined;

  constructor(private readonly around: Surroundings) {
    around.channel.onmessage = ({ data }: MessageEvent<Message>) => {
      this.receive(data);
    };
  }

  /** Follows topics until the returned function is called. */
  follow(topics: readonly Topic[], follower: Follower): () => void {
    this.followers.set(follower, topics);
    this.update();
    return () => {
      this.followers.delete(follower);
      this.update();
    };
  }

  /** Whether the tab is visible: a hidden one follows nothing. */
  look(isSeen: boolean): void {
    this.isSeen = isSeen;
    this.update();
  }

  private wanted = (): Topic[] => (this.isSeen ? [...new Set([...this.followers.values()].flat())] : []);

  private update(): void {
    const topics = this.wanted();
    this.say({ kind: 'wants', tab: this.around.tab, topics });
    this.leader?.want(this.around.tab, topics);
    if (topics.length > 0) this.candidacy ??= this.stand();
    else {
      this.candidacy?.abort();
      this.candidacy = undefined;
    }
  }

  /** Requests leadership, and leads once granted, until withdrawn. */
  private stand(): AbortController {
    const candidacy = new AbortController();
    const { signal } = candidacy;
    this.around.lock(async () => {
      if (signal.aborted) return;
      const leader = new Leader((news) => {
        this.say(news);
        this.pass(news);
      }, this.around.Source);
      this.leader = leader;
      leader.want(this.around.tab, this.wanted());
      this.say({ kind: 'who' });
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
      });
      leader.close();
      if (this.leader === leader) this.leader = undefined;
    }, signal);
    return candidacy;
  }

  private receive(message: Message): void {
    if (message.kind === 'who') this.say({ kind: 'wants', tab: this.around.tab, topics: this.wanted() });
    else if (message.kind === 'wants') this.leader?.want(message.tab, message.topics);
    else this.pass(message);
  }

  private pass(news: News): void {
    if (!this.isSeen) return;
    for (const [follower, topics] of this.followers) {
      if (news.kind === 'gap' && topics.some((topic) => news.topics.includes(topic))) follower.gap();
      if (news.kind === 'news' && topics.includes(news.topic)) follower.hear(news.data);
    }
  }

  private say(message: Message): void {
    this.around.channel.postMessage(message);
  }
}
