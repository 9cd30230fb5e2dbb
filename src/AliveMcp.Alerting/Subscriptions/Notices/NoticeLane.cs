using AliveMcp.Storage.Loops;
using AliveMcp.Tenancy.Secrets;
using Microsoft.Extensions.Hosting;

namespace AliveMcp.Alerting.Subscriptions.Notices;

/// <summary>Sends the notices of one lane at its own pace: so many a second, and so many at once. No lane waits for another, and no page for any.</summary>
internal abstract class NoticeLane(NoticeClaims claims, NoticeSender sender, ThingVault vault, LoopShell shell)
    : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _flying = [];

    protected abstract string Loop { get; }

    /// <summary>What it takes, and how many in a second.</summary>
    protected abstract NoticeWish Wish { get; }

    /// <summary>How many may wait for an answer.</summary>
    protected abstract int Room { get; }

    /// <summary>Starts to send what is due and there is room for; returns how many.</summary>
    public async Task<int> SendDueAsync()
    {
        var most = Math.Min(Wish.Most, Room - Snapshot().Length);
        if (most <= 0)
        {
            return 0;
        }

        var taken = await claims.TakeAsync(Wish with { Most = most }, CancellationToken.None);
        var secrets = await vault.OpenAsync([.. taken.Select(notice => notice.Place)], CancellationToken.None);
        foreach (var notice in taken)
        {
            Fly(notice, SubscriberSecret.Read(secrets.GetValueOrDefault(notice.Place)));
        }

        return taken.Count;
    }

    /// <summary>Waits until all that was started has ended.</summary>
    public async Task WhenIdleAsync()
    {
        while (Snapshot() is { Length: > 0 } flying)
        {
            await Task.WhenAll(flying);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await shell.RunAsync(Loop, _ => SendDueAsync(), shell.Every(TimeSpan.FromSeconds(1)), stoppingToken);
        await WhenIdleAsync();
    }

    private void Fly(ClaimedNotice notice, SubscriberSecret? secret)
    {
        var task = Task.Run(() => SendAsync(notice, secret));
        lock (_gate)
        {
            _flying.Add(task);
        }

        _ = task.ContinueWith(Land, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task SendAsync(ClaimedNotice notice, SubscriberSecret? secret)
    {
        try
        {
            await sender.SendAsync(notice, secret, CancellationToken.None);
        }
#pragma warning disable CA1031 // The claim ends by itself, and whoever comes next tries again: Postgres may be away for everybody.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Nothing to settle it with.
        }
    }

    private void Land(Task task)
    {
        lock (_gate)
        {
            _flying.Remove(task);
        }
    }

    private Task[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _flying];
        }
    }
}

/// <summary>Letters, all of them: they wait for one mail server alone.</summary>
internal sealed class LetterLane(
    NoticeClaims claims,
    NoticeSender sender,
    ThingVault vault,
    SubscriptionOptions options,
    LoopShell shell
) : NoticeLane(claims, sender, vault, shell)
{
    protected override string Loop => "notice-letters";

    protected override NoticeWish Wish => new(SubscriptionKind.Email, Troubled: null, options.LettersASecond);

    /// <summary>A mail server that is slow has few of our connections open; no fewer than letters a second, which would be none of that pace.</summary>
    protected override int Room => Math.Max(16, options.LettersASecond);
}

/// <summary>Webhooks that took the last notice, or had none yet.</summary>
internal sealed class HookLane(NoticeClaims claims, NoticeSender sender, ThingVault vault, LoopShell shell)
    : NoticeLane(claims, sender, vault, shell)
{
    protected override string Loop => "notice-hooks";

    protected override NoticeWish Wish => new(SubscriptionKind.Webhook, Troubled: false, Most: 50);

    protected override int Room => 64;
}

/// <summary>Webhooks that did not: a thousand of those that hang hold up nobody who would take it.</summary>
internal sealed class TroubledLane(NoticeClaims claims, NoticeSender sender, ThingVault vault, LoopShell shell)
    : NoticeLane(claims, sender, vault, shell)
{
    protected override string Loop => "notice-retries";

    protected override NoticeWish Wish => new(SubscriptionKind.Webhook, Troubled: true, Most: 20);

    protected override int Room => 32;
}
