import type { CurrentUserBody } from '@ticketing/common/contract';
import { SearchBox } from './search-box';
import { Link } from '@/components/link';
import { currentUser } from '@/lib/api/server';
import { languages, type Preferences } from '@/lib/preferences';
import { preferences } from '@/lib/visitor';
import { getTexts, nameOfLanguage } from '@/texts';
import type { Texts } from '@/texts/types';
import { Choice } from './choice';
import { HoldBadge } from './hold-badge';
import { Mark, MenuIcon, SearchIcon } from './icons';
import { Menu } from './menu';
import { Renewal } from './renewal';
import { SignOut } from './sign-out';

interface PartProps {
  t: Texts['frame'];
  /** Null if signed out, undefined if unknown. */
  user: CurrentUserBody['currentUser'] | undefined;
}

function Nav({ t, user }: PartProps) {
  return (
    <nav className="site-nav" aria-label={t.main}>
      {user && (
        <>
          <Link href="/orders">{t.orders}</Link>
          <Link href="/listings">{t.listings}</Link>
          {user.role === 'support' && <Link href="/support">{t.support}</Link>}
        </>
      )}
      {user === null && (
        <>
          <Link href="/auth/signin">{t.signIn}</Link>
          <Link href="/auth/signup">{t.signUp}</Link>
        </>
      )}
      <Link href="/tickets/new" className="btn btn-outline-primary">
        <span className="on-phone">{t.sellShort}</span>
        <span className="on-desk">{t.sell}</span>
      </Link>
    </nav>
  );
}

function Account({ t, user }: PartProps) {
  if (user === undefined) return null;
  if (!user)
    return (
      <>
        <Link href="/auth/signin" className="menu-item in-bar">
          {t.signIn}
        </Link>
        <Link href="/auth/signup" className="menu-item in-bar">
          {t.signUp}
        </Link>
      </>
    );
  return (
    <>
      <p className="menu-email">{user.email}</p>
      <Link href="/orders" className="menu-item in-bar">
        {t.orders}
      </Link>
      <Link href="/listings" className="menu-item in-bar">
        {t.listings}
      </Link>
      <Link href="/sales" className="menu-item">
        {t.sales}
      </Link>
      {user.role === 'support' && (
        <Link href="/support" className="menu-item in-bar">
          {t.support}
        </Link>
      )}
      <Link href="/account" className="menu-item">
        {t.account}
      </Link>
      <SignOut texts={t} />
    </>
  );
}

function Switches({ t, chosen }: { t: Texts['frame']; chosen: Preferences }) {
  const themes = [
    { value: 'system', label: t.system },
    { value: 'light', label: t.light },
    { value: 'dark', label: t.dark },
  ];
  const tongues = languages.map((language) => ({ value: language, label: nameOfLanguage(language), lang: language }));
  return (
    <>
      <Choice name="theme" legend={t.appearance} options={themes} chosen={chosen.theme ?? 'system'} />
      <Choice name="language" legend={t.language} options={tongues} chosen={chosen.language} />
    </>
  );
}

/** The header of every page. It must not take the page down with it, so if the API fails it omits the account. */
export async function Header() {
  const [user, chosen, { frame: t }] = await Promise.all([
    currentUser().catch(() => undefined),
    preferences(),
    getTexts(),
  ]);
  return (
    <header className="site-header">
      <div className="container site-bar">
        <Link href="/" className="site-name" aria-label={t.home}>
          <Mark />
          <span>Ticketing</span>
        </Link>
        <SearchBox label={t.searchLabel}>
          <SearchIcon />
        </SearchBox>
        <Nav t={t} user={user} />
        <Menu
          label={t.menu}
          button={user ? <span className="initial" data-initial={user.email.slice(0, 1)} /> : <MenuIcon />}
        >
          <Account t={t} user={user} />
          <Switches t={t} chosen={chosen} />
        </Menu>
      </div>
      {user && <HoldBadge label={t.openHold} />}
      {user && <Renewal />}
    </header>
  );
}
