using AliveMcp.Storage.Postgres;
using AliveMcp.Tenancy.SignIn;
using Microsoft.Extensions.Options;
using Npgsql;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>
/// Decides what subscribers are told: trouble once it has lasted, the owner's newest words now and then, and the end. Each notice is made
/// by one alerter alone, together with a row for every subscriber; whoever comes second finds it made.
/// </summary>
internal sealed class NoticeWriter(
    PostgresDoors doors,
    SubscriptionOptions options,
    IOptions<SignInOptions> site,
    TimeProvider clock
)
{
    private const int AtOnce = 100;

    /// <summary>What began so long ago, and was told to nobody, began before anybody could be told.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(1);

    /// <summary>Makes what is to be told now.</summary>
    /// <returns>How many notices.</returns>
    public async Task<int> WriteAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var connection = await doors.AllTenants.OpenConnectionAsync(cancellationToken);
        var begins = await NoticeTable.BeginningAsync(
            connection,
            new NoticeWindow(now - options.Quiet, now - Fresh, AtOnce),
            cancellationToken
        );
        var made = 0;
        foreach (var trouble in begins)
        {
            made += await TellAsync(connection, trouble, NoticeType.Began, now, cancellationToken);
        }

        foreach (var trouble in await NoticeTable.EndedAsync(connection, AtOnce, cancellationToken))
        {
            made += await TellAsync(connection, trouble, NoticeType.Over, now, cancellationToken);
        }

        foreach (
            var trouble in await NoticeTable.SaidAsync(connection, now - options.UpdateEvery, AtOnce, cancellationToken)
        )
        {
            made += await TellAsync(connection, trouble, NoticeType.Said, now, cancellationToken);
        }

        return made;
    }

    private async Task<int> TellAsync(
        NpgsqlConnection connection,
        ToldTrouble trouble,
        NoticeType type,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var table = new NoticeTable(transaction, trouble, now);
        if (!await table.TakeAsync(type, now - options.UpdateEvery, cancellationToken))
        {
            return 0;
        }

        // One trouble that went over into another has one end.
        var isTold = type != NoticeType.Over || !await table.EndsLaterAsync(cancellationToken);
        await table.WithdrawAsync(type, cancellationToken);
        if (isTold)
        {
            var message = NoticeMessage.Of(trouble, type, site.Value.PublicUrl);
            await table.AddAsync(type, message, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return isTold ? 1 : 0;
    }
}
