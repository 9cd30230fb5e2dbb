using AliveMcp.Archive.Drift;
using AliveMcp.Testing.Storage;

namespace AliveMcp.Archive.Tests.Drift;

public sealed class DriftDeclarerTests(TestStorage storage) : IClassFixture<TestStorage>
{
    private const string Search =
        """{"name":"search","description":"Finds.","inputSchema":{"type":"object","properties":{"q":{"type":"string"},"max":{"type":"integer"}},"required":["q"]},"annotations":{"readOnlyHint":true}}""";
    private const string Buy = """{"name":"buy","inputSchema":{"type":"object"}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_list_and_another_order_of_it_are_no_drift()
    {
        using var watched = new Watched(storage, 601);

        await watched.ShowAsync($"{Search},{Buy}");
        await watched.ShowAsync($"{Buy},{Search}");

        Assert.Empty(await watched.DeclaredAsync());
        Assert.Equal(
            0,
            await watched.AskAsync<int>("SELECT count(*) FROM archive.contract_doubt WHERE server_id = @server")
        );
    }

    [Theory]
    [InlineData(611, "\"readOnlyHint\":true", "\"readOnlyHint\":false", "drift [security] read_only_lost")]
    [InlineData(612, "\"required\":[\"q\"]", "\"required\":[\"q\",\"max\"]", "drift [breaking] parameter_now_required")]
    [InlineData(613, "\"required\":[\"q\"]", "\"required\":[]", "drift [additive] parameter_now_optional")]
    [InlineData(614, "Finds.", "Finds everything.", "drift [text] description_changed")]
    public async Task Each_class_is_declared_with_its_changes(int server, string was, string becomes, string line)
    {
        using var watched = new Watched(storage, server);

        await watched.ShowAsync(Search, 3);
        await watched.ShowAsync(Search.Replace(was, becomes, StringComparison.Ordinal), 3);

        Assert.Equal([line], await watched.LinesAsync());
    }

    [Fact]
    public async Task A_drift_says_when_from_what_and_to_what_and_is_told_once()
    {
        using var watched = new Watched(storage, 602);
        await watched.ShowAsync(Search);

        await watched.ShowAsync($"{Search},{Buy}", 5);
        await watched.LookAsync();

        var drift = Assert.Single(await watched.DeclaredAsync());
        Assert.Equal(
            (watched.Began, Watched.ListOf(Search).ContractHash, Watched.ListOf($"{Search},{Buy}").ContractHash),
            (drift.Minute, drift.FromHash, drift.ToHash)
        );
        Assert.Equal(
            """{"kind": "drift", "minute": MINUTE, "classes": ["additive"], "drift_id": ID, "server_id": 602, "change_count": 1}"""
                .Replace(
                    "MINUTE",
                    watched.Began.Value.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    StringComparison.Ordinal
                )
                .Replace(
                    "ID",
                    await watched.AskAsync<string>(
                        "SELECT drift_id::text FROM archive.contract_drift WHERE server_id = @server"
                    ),
                    StringComparison.Ordinal
                ),
            await watched.AskAsync<string>(
                "SELECT string_agg(record::text, '') FROM storage.outbox WHERE topic = 'contract.drift' AND (record ->> 'server_id')::integer = @server"
            )
        );
    }

    [Fact]
    public async Task One_minute_alone_is_no_drift()
    {
        using var watched = new Watched(storage, 603);
        await watched.ShowAsync(Search);

        await watched.ShowAsync(Buy, minutes: 1);
        await watched.ShowAsync(Search);

        Assert.Empty(await watched.DeclaredAsync());
    }

    [Fact]
    public async Task Regions_that_disagree_and_fewer_than_the_quorum_declare_nothing()
    {
        using var watched = new Watched(storage, 604) { Regions = ["east", "north", "west"] };
        await watched.ShowAsync(Search);

        await watched.ShowApartAsync(Buy, Buy, Search);
        await watched.ShowApartAsync(Buy, Buy, Search);
        await watched.ShowApartAsync(Buy, null, null);
        await watched.ShowApartAsync(Buy, null, null);
        Assert.Empty(await watched.DeclaredAsync());

        await watched.ShowApartAsync(Buy, Buy, null);
        await watched.ShowApartAsync(null, Buy, Buy);
        await watched.ShowAsync(Buy);
        Assert.Single(await watched.DeclaredAsync());
    }

    [Fact]
    public async Task A_swing_is_told_once_and_a_list_that_was_never_seen_still_is_a_drift()
    {
        using var watched = new Watched(storage, 605);
        for (var round = 0; round < 6; round++)
        {
            await watched.ShowAsync(Search);
            await watched.ShowAsync(Buy);
        }

        await watched.ShowAsync($"{Search},{Buy}");

        Assert.Equal(
            ["drift", "drift", "contract_unstable", "drift"],
            (await watched.DeclaredAsync()).Select(drift => drift.Kind)
        );
    }

    [Fact]
    public async Task A_text_that_changes_again_and_again_is_news_twice_and_what_changes_beside_it_always()
    {
        using var watched = new Watched(storage, 606);
        for (var at = 0; at < 12; at++)
        {
            await watched.ShowAsync(Search.Replace("Finds.", $"As of {at}.", StringComparison.Ordinal), 4);
        }

        await watched.ShowAsync(
            Search
                .Replace("Finds.", "As of 99.", StringComparison.Ordinal)
                .Replace("\"readOnlyHint\":true", "\"readOnlyHint\":false", StringComparison.Ordinal),
            4
        );

        Assert.Equal(
            ["drift [text] description_changed", "drift [text] description_changed", "drift [security] read_only_lost"],
            await watched.LinesAsync()
        );
    }

    [Fact]
    public async Task A_text_that_differs_in_every_look_never_settles()
    {
        using var watched = new Watched(storage, 607);
        await watched.ShowAsync(Search);

        for (var at = 0; at < 6; at++)
        {
            await watched.ShowAsync(Search.Replace("Finds.", $"It is {at}.", StringComparison.Ordinal), minutes: 1);
        }

        Assert.Empty(await watched.DeclaredAsync());
    }

    [Fact]
    public async Task Another_protocol_version_is_no_drift_and_what_else_changed_with_it_moves_the_baseline()
    {
        using var watched = new Watched(storage, 608) { Version = "2025-03-26" };
        await watched.ShowAsync(Search);

        var titled = Search.Replace("\"name\"", "\"title\":\"Search\",\"icons\":[],\"name\"", StringComparison.Ordinal);
        watched.Version = "2025-11-25";
        await watched.ShowAsync(titled, 4);
        Assert.Empty(await watched.DeclaredAsync());

        watched.Version = "2026-07-28";
        await watched.ShowAsync($"{titled},{Buy}", 4);
        Assert.Equal(["baseline_moved [additive] tool_added"], await watched.LinesAsync());
    }

    [Fact]
    public async Task A_version_that_came_with_the_same_list_is_the_one_that_the_next_list_is_compared_under()
    {
        using var watched = new Watched(storage, 609) { Version = "2025-11-25" };
        await watched.ShowAsync(Search);
        watched.Version = "2026-07-28";
        await watched.ShowAsync(Search);

        await watched.ShowAsync($"{Search},{Buy}");

        Assert.Equal(["drift [additive] tool_added"], await watched.LinesAsync());
    }

    [Fact]
    public async Task Another_identity_or_endpoint_moves_the_baseline()
    {
        using var watched = new Watched(storage, 600);
        await watched.ShowAsync(Search);

        watched.Credential = "cred-1";
        await watched.ShowAsync($"{Search},{Buy}");
        watched.Url = "https://other.example/mcp";
        await watched.ShowAsync(Buy);

        Assert.Equal(["baseline_moved [additive] tool_added", "baseline_moved []"], await watched.LinesAsync());
    }

    [Fact]
    public async Task A_list_that_is_not_kept_is_waited_for_and_then_declared_without_its_changes()
    {
        using var watched = new Watched(storage, 598);
        await watched.ShowAsync(Search);

        await watched.ShowAsync(Buy, 2, isKept: false);
        Assert.Empty(await watched.DeclaredAsync());

        watched.Pass(TimeSpan.FromMinutes(6));
        await watched.LookAsync();
        Assert.Equal(["drift []"], await watched.LinesAsync());
    }

    [Fact]
    public async Task A_list_that_we_ourselves_hash_otherwise_than_before_is_no_drift()
    {
        using var watched = new Watched(storage, 599);
        await watched.ShowAsync(Search);
        // As an older version of ours would have kept it: the same text under another contract hash.
        await watched.AskAsync<int>(
            """
            UPDATE collector.contract_version SET contract_hash = 'sha256:' || repeat('a', 64) WHERE server_id = @server;
            UPDATE collector.server_memory SET contract_hash = 'sha256:' || repeat('a', 64) WHERE server_id = @server;
            UPDATE archive.settled_contract SET contract_hash = 'sha256:' || repeat('a', 64), mark = 42 WHERE server_id = @server;
            """
        );

        await watched.ShowAsync(Search, 9);
        Assert.Empty(await watched.DeclaredAsync());

        await watched.ShowAsync($"{Search},{Buy}");
        Assert.Equal(["drift [additive] tool_added"], await watched.LinesAsync());
    }

    [Fact]
    public async Task Two_archivers_at_once_declare_once()
    {
        using var watched = new Watched(storage, 597);
        await watched.ShowAsync(Search);
        await watched.SealAsync($"{Search},{Buy}", 3);
        var others = Enumerable.Range(0, 8).Select(_ => watched.NewDeclarer()).ToList();

        await Task.WhenAll(others.Select(declarer => Task.Run(() => declarer.DeclareAsync(Cancelled), Cancelled)));

        Assert.Single(await watched.DeclaredAsync());
        Assert.Equal(
            1,
            await watched.AskAsync<int>(
                "SELECT count(*) FROM storage.outbox WHERE topic = 'contract.drift' AND (record ->> 'server_id')::integer = @server"
            )
        );
    }

    [Fact]
    public async Task An_archiver_that_is_cut_off_between_read_and_commit_leaves_the_doubt_for_the_next()
    {
        using var watched = new Watched(storage, 596);
        await watched.ShowAsync(Search);
        await watched.SealAsync($"{Search},{Buy}", 3);
        await using (var connection = await storage.Doors.AllTenants.OpenConnectionAsync(Cancelled))
        await using (var transaction = await connection.BeginTransactionAsync(Cancelled))
        {
            Assert.True(await DriftTable.HoldAsync(transaction, watched.Server, Cancelled));
            var before = (await DriftTable.SettledAsync(connection, transaction, watched.Server, Cancelled))!;
            var next = before with { Minute = watched.Began, Mark = 7, ContractHash = "sha256:7" };
            await DriftTable.SettleAsync(transaction, next, Cancelled);
            await DriftTable.DeclareAsync(transaction, before, next, new DriftNews(DriftKind.Drift, []), Cancelled);
            // Its connection breaks here, and with it the transaction.
        }

        Assert.Empty(await watched.DeclaredAsync());

        await watched.LookAsync();

        Assert.Equal(["drift [additive] tool_added"], await watched.LinesAsync());
    }
}
