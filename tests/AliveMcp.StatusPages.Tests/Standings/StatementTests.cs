using System.Diagnostics;
using System.Net;
using AliveMcp.StatusPages.Tests.Sites;
using AliveMcp.Testing.Storage;

namespace AliveMcp.StatusPages.Tests.Standings;

/// <summary>What reads cost the database, counted by the driver. The clock stands still: nothing is asked again because of its age.</summary>
public sealed class StatementTests
{
    [Fact]
    public async Task A_warm_key_costs_no_statement()
    {
        await using var storage = await TestStorage.CreateAsync();
        await using var site = await Site.OpenAsync(storage, _ => { });
        var server = await site.ListAsync("warm");
        await site.SealAsync(Verdicts.Of(server));
        string[] paths = ["/status/warm", "/api/embed-status/warm", "/badge/warm.svg", "/badge/warm.json"];
        foreach (var path in paths)
        {
            await site.GetAsync(path);
        }

        using var statements = new Statements(storage);
        foreach (var path in Enumerable.Repeat(paths, 50).SelectMany(path => path))
        {
            using var answer = await site.Http.GetAsync(path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        Assert.Equal(0, statements.Count);
    }

    [Fact]
    public async Task A_thousand_names_of_nobody_cost_a_few_statements_and_a_new_server_shows_at_once()
    {
        await using var storage = await TestStorage.CreateAsync();
        await using var site = await Site.OpenAsync(storage, _ => { });
        using var statements = new Statements(storage);
        for (var i = 0; i < 1_000; i++)
        {
            using var answer = await site.Http.GetAsync($"/api/embed-status/nobody-{i}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.InRange(statements.Count, 1, 12);
        await site.ListAsync("newly-public");
        site.Clock.Advance(TimeSpan.FromSeconds(1));
        using var found = await site.Http.GetAsync("/api/embed-status/newly-public");
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    [Fact]
    public async Task Nor_do_they_when_all_are_asked_for_at_once()
    {
        await using var storage = await TestStorage.CreateAsync();
        await using var site = await Site.OpenAsync(storage, _ => { });
        using var statements = new Statements(storage);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => site.Http.GetAsync($"/api/embed-status/nobody-{i}"))
        );

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode));
        // Connections that are opened for the first few are told of as well.
        Assert.InRange(statements.Count, 1, 40);
        Array.ForEach(answers, answer => answer.Dispose());
    }

    /// <summary>Counts what goes to one database; others run beside it in this process.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly ActivityListener _listener;
        private int _count;

        public Statements(TestStorage storage)
        {
            var database = storage.Options.App.Database;
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity =>
                {
                    if (Equals(activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name"), database))
                    {
                        Interlocked.Increment(ref _count);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();
    }
}
