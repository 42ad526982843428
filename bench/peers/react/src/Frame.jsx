import { NavLink, Outlet } from "react-router";

export function Frame() {
    return (
        <div className="frame">
            <nav className="side">
                <NavLink to="/">Overview</NavLink>
                <NavLink to="/classifications">History</NavLink>
            </nav>
            <main>
                <Outlet />
            </main>
        </div>
    );
}
