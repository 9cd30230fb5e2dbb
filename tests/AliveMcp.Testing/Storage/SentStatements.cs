using System.Collections.Concurrent;
using System.Diagnostics;

namespace AliveMcp.Testing.Storage;

/// <summary>What this process sends to one database, as the driver itself traces it.</summary>
public sealed class SentStatements : IDisposable
{
    private readonly ConcurrentQueue<string> _texts = new();
    private readonly ActivityListener _listener;
    private readonly string _database;

    public SentStatements(TestStorage storage)
    {
        ArgumentNullException.ThrowIfNull(storage);
        _database = storage.Options.App.Database!;
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = Note,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Statements that read or write tables, in the order in which they ended. Naming the tenant of a transaction is none.</summary>
    public IReadOnlyList<string> Texts =>
        [.. _texts.Where(text => !text.StartsWith("SELECT set_config(", StringComparison.Ordinal))];

    /// <summary>Everything that the driver sent, the naming of tenants included.</summary>
    public int All => _texts.Count;

    public void Forget() => _texts.Clear();

    public void Dispose() => _listener.Dispose();

    private void Note(Activity activity)
    {
        var database = activity.GetTagItem("db.namespace") ?? activity.GetTagItem("db.name");
        var text = activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement");
        if (text is string sent && database is string name && name.Split('|')[0] == _database)
        {
            _texts.Enqueue(sent);
        }
    }
}
