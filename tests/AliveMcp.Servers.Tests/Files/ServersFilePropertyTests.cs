using System.Text;
using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Tests.Files;

/// <summary>What holds of every file, tried on many made at random from fixed seeds.</summary>
public sealed class ServersFilePropertyTests(Install install) : IClassFixture<Install>, IAsyncLifetime
{
    private const string Shown = """
        SELECT concat_ws('|', slug, name, url, transport, tags, visibility, expects, expected_tools,
            test_calls, health, timeout_ms, slow_after_ms, paused_at IS NULL)
        FROM servers.server WHERE erase_asked_at IS NULL AND tenant_id = 2 ORDER BY slug
        """;

    public async ValueTask InitializeAsync() => await install.EmptyAsync();

    [Fact]
    public async Task Applying_a_file_twice_is_applying_it_once_and_the_order_of_its_entries_never_matters()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var entries = Entries(random);
            var options = new ApplyOptions { Prune = random.Next(3) == 0 };

            var foretold = await install.ApplyAsync(Text(entries), options with { DryRun = true });
            var done = await install.ApplyAsync(Text(entries), options);
            var state = await install.QueryAsync<string>(Shown);
            random.Shuffle(entries);
            var again = await install.ApplyAsync(Text(entries), options);

            Assert.Equivalent(foretold with { DryRun = false }, done, strict: true);
            Assert.Equal(entries.Length, again.Unchanged.Count);
            Assert.Equal(
                0,
                again.Created.Count
                    + again.Changed.Count
                    + again.Paused.Count
                    + again.Resumed.Count
                    + again.Erased.Count
            );
            Assert.Equal(state, await install.QueryAsync<string>(Shown));
            Assert.Equal(entries.Length, state.Count(row => row.EndsWith("|t", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task A_file_leaves_the_same_whatever_was_there_before()
    {
        for (var seed = 100; seed < 115; seed++)
        {
            var random = new Random(seed);
            var wanted = Text(Entries(random));
            var prune = new ApplyOptions { Prune = true };

            await install.ApplyAsync("servers: []", prune);
            await install.ApplyAsync(wanted, prune);
            var fromNothing = await install.QueryAsync<string>(Shown);
            await install.ApplyAsync(Text(Entries(random)), prune);
            await install.ApplyAsync(wanted, prune);

            Assert.Equal(fromNothing, await install.QueryAsync<string>(Shown));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Up to six servers out of eight possible ones, each with fields of its own.</summary>
    private static string[] Entries(Random random) =>
        [
            .. Enumerable
                .Range(0, 8)
                .Where(_ => random.Next(3) > 0)
                .Take(6)
                .Select(number =>
                {
                    var entry = new StringBuilder($"{{slug: s{number}, url: 'https://h{random.Next(3)}.example/mcp'");
                    Maybe(entry, random, $"name: 'Name {random.Next(2)}'");
                    Maybe(entry, random, random.Next(2) == 0 ? "tags: [a, b]" : "tags: []");
                    Maybe(entry, random, random.Next(2) == 0 ? "transport: sse" : "transport: auto");
                    Maybe(entry, random, random.Next(2) == 0 ? "expects: open" : "expects: protected");
                    Maybe(entry, random, "expected_tools: [get, set]");
                    Maybe(
                        entry,
                        random,
                        $"test_calls: [{{tool: get, arguments: {{id: {random.Next(2)}}}, within: 1s}}]"
                    );
                    Maybe(entry, random, $"health: {{url: 'https://h.example/', every: {random.Next(1, 6)}}}");
                    Maybe(entry, random, "timeout: 20s, slow_after: 800ms");
                    Maybe(entry, random, random.Next(2) == 0 ? "visibility: private" : "visibility: public");
                    return entry.Append('}').ToString();
                }),
        ];

    private static void Maybe(StringBuilder entry, Random random, string field)
    {
        if (random.Next(2) == 0)
        {
            entry.Append(", ").Append(field);
        }
    }

    private static string Text(IEnumerable<string> entries) => $"servers: [{string.Join(", ", entries)}]";
}
