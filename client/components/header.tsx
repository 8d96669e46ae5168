import { currentUser } from '@/lib/api';
import { Link } from './link';
import { SignOut } from './sign-out';

function SignedIn({ email }: { email: string }) {
  return (
    <>
      <nav className="site-nav" aria-label="Main">
        <Link href="/tickets/new">Sell a ticket</Link>
        <Link href="/orders">My orders</Link>
        <Link href="/listings">My listings</Link>
      </nav>
      <div className="site-account">
        <Link href="/account" className="site-email" aria-label={`Account of ${email}`}>
          {email}
        </Link>
        <SignOut />
      </div>
    </>
  );
}

function SignedOut() {
  return (
    <nav className="site-account" aria-label="Main">
      <Link href="/tickets/new" className="d-none d-sm-flex">
        Sell a ticket
      </Link>
      <Link href="/auth/signin">Sign in</Link>
      <Link href="/auth/signup" className="btn btn-primary btn-sm">
        Sign up
      </Link>
    </nav>
  );
}

/** The top of every page. It must not take the page down with it, so without an answer it shows the name alone. */
export async function Header() {
  const user = await currentUser().catch(() => undefined);
  return (
    <header className="site-header">
      <div className="container site-bar">
        <Link href="/" className="site-name">
          Ticketing
        </Link>
        {user && <SignedIn email={user.email} />}
        {user === null && <SignedOut />}
      </div>
    </header>
  );
}
