"""PostGIS's best form, as SQL for a server of kit.postgis(): tables as COPY leaves them, zones cut by ST_Subdivide, GiST, and a join
that writes its pairs into an unlogged table, so that no client is waited for. The plan of the server and one with both processors from
the start each get a run, and the faster one counts.
"""
import time

from kit import Measure, PeerFailed, run_measured

LEAST_AREA_M2 = 1e-6
SETTINGS = {"shared_buffers": "4GB", "work_mem": "256MB", "maintenance_work_mem": "1GB", "max_wal_size": "8GB", "wal_level": "minimal",
            "max_wal_senders": 0, "synchronous_commit": "off", "full_page_writes": "off", "autovacuum": "off"}
PLANS = {"as planned": [], "parallel": [
    "set parallel_setup_cost = 0", "set parallel_tuple_cost = 0", "set min_parallel_table_scan_size = 0"]}
QUERIES = {
    "zones50": """
        select p.id as a, s.zone as b,
            sum(case when st_contains(s.geometry, p.geometry) then st_area(p.geometry)
                else st_area(st_intersection(s.geometry, p.geometry)) end) as area
        from parcels p join pieces s on st_intersects(p.geometry, s.geometry) group by p.id, s.zone""",
    "self": """
        select a.id as a, b.id as b, st_area(st_intersection(a.geometry, b.geometry)) as area
        from parcels a join parcels b on a.geometry && b.geometry and a.id < b.id
        where st_relate(a.geometry, b.geometry, 'T********')""",
}


class Tables:
    """The tables of one work in one server. `details` says how long each step before the clock took."""

    def __init__(self, server, work, parcels, limit):
        self.server, self.work, self.limit, self.details = server, work, limit, {}
        self.phase("load", *self.loading("parcels", "id bigint, sound boolean", parcels))
        if work == "zones50":
            self.phase("load_zones", *self.loading("zones", "id bigint", parcels.with_name("zones.copy")))
            self.phase("subdivide", "drop table if exists pieces", "create unlogged table pieces (zone bigint, geometry geometry)",
                       "alter table pieces alter geometry set storage external",
                       "insert into pieces select id, st_subdivide(geometry, 256) from zones")
        self.phase("index", *(word for table in self.indexed() for word in (
            f"create index on {table} using gist (geometry)", f"alter table {table} set (parallel_workers = 2)",
            f"vacuum analyze {table}")))

    def indexed(self):
        return ["parcels", "pieces"] if self.work == "zones50" else ["parcels"]

    @staticmethod
    def loading(table, columns, path):
        return [f"drop table if exists {table}", f"create unlogged table {table} ({columns}, geometry geometry)",
                f"alter table {table} alter geometry set storage external", f"\\copy {table} from '{path}'"]

    def run(self, *commands):
        words = [word for command in commands for word in ("-c", command)]
        return run_measured(self.server.psql(*words), self.limit)

    def phase(self, name, *commands):
        began = time.perf_counter()
        self.run(*commands)
        self.details[f"{name}_seconds"] = round(time.perf_counter() - began, 3)

    def measured(self, runs):
        """(Measure, result) of the fastest plan; fails where each plan fails."""
        tried, failures = {}, []
        for plan, settings in PLANS.items():
            try:
                tried[plan] = min(self.joined(settings) for _ in range(runs))
            except PeerFailed as failure:
                failures.append(failure)
        if not tried:
            raise failures[0]
        plan = min(tried, key=tried.get)
        seconds, pairs, area = tried[plan]
        # The work is the server's: processor time and memory of the client say nothing.
        return Measure(seconds, None, None, "", {**self.details, "plan": plan}), {"pairs": pairs, "area_m2": area}

    def joined(self, settings):
        self.run("drop table if exists pairs")
        join = f"create unlogged table pairs as select * from ({QUERIES[self.work]}) as pair where area > {LEAST_AREA_M2}"
        seconds = self.run(*settings, join).seconds
        unsound = "select id from parcels where not sound"
        counted = f"where a not in ({unsound}) and b not in ({unsound})" if self.work == "self" else ""
        said = self.run(f"select count(*), coalesce(sum(area), 0) from pairs {counted}").output
        pairs, area = said.strip().split("|")
        return seconds, int(pairs), float(area)
