using AliveMcp.House.Tests.Sources;

namespace AliveMcp.House.Tests.Ownership;

public sealed class OwnershipTests
{
    private static readonly Dictionary<string, string> Nobodys = new()
    {
        ["collector.region"] = "where probers stand: everybody's, or with a policy of its own one tenant's",
        ["collector.region_token"] = "how the desk knows the probers of a region; the web role cannot read it",
        ["collector.cell_row"] = "what probers' processes cost: for operators; the web role cannot read it",
        ["collector.tenant_kills"] = "whose cells had to be killed: for operators; the web role cannot read it",
        ["tenancy.sign_in_link"] = "links on their way: reached through functions alone, by their hash",
        ["tenancy.provider_try"] = "sign-ins at a provider: reached through functions alone, by their hash",
        ["tenancy.seal_key"] = "what second factors are sealed with: reached through a function alone",
        ["tenancy.attempt"] = "counts of hashes: reached through a function alone",
        ["collector.desk_key"] = "the install's signing key",
        ["servers.origin_wish"] = "origins that asked us to stay away, whoever listed them",
        ["alerting.cluster"] = "failures of many tenants with one cause: they are counted, not named",
        ["storage.install"] = "the install's own number, from which ids of feeds are made",
        ["alerting.operator_alarm"] = "what must not happen and did, for operators alone",
        ["alerting.reader"] = "which alerters live",
        ["alerting.reading"] = "which alerter reads which shard",
        ["archive.mark"] = "how far a reader has come",
        ["archive.progress"] = "how far hours and days are packed",
        ["erasure.drill"] = "when the drill ran last",
        ["erasure.surface"] = "which tables erasure empties",
        ["archive.set_aside"] = "sealed minutes that could not be read, so nobody can say whose they are",
    };

    [Fact]
    public void Every_table_is_a_tenant_s_or_has_a_reason()
    {
        var migrations = Tree
            .Paths.Where(path => path.StartsWith("migrations/", StringComparison.Ordinal))
            .Select(Tree.Read);

        Faults.None(OwnershipRule.Faults(migrations, Nobodys));
    }

    [Fact]
    public void Poisoned_a_table_that_nobody_owns_and_a_stale_reason_are_told()
    {
        const string sql = """
            CREATE TABLE sauna.guest (name text);
            CREATE TABLE sauna.stove (heat integer);
            SELECT storage.make_tenant_owned('sauna.stove');
            CREATE TABLE sauna.stove_1 PARTITION OF sauna.stove FOR VALUES IN (1);
            """;

        Assert.Equal(
            [
                "sauna.guest is neither tenant-owned nor person-owned nor on the list of tables that are nobody's.",
                "sauna.ice is on the list of tables that are nobody's and does not belong there.",
            ],
            OwnershipRule.Faults([sql], new Dictionary<string, string> { ["sauna.ice"] = "it melted" })
        );
    }
}
