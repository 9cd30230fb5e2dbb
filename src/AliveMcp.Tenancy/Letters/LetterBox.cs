using System.Threading.Channels;

namespace AliveMcp.Tenancy.Letters;

/// <summary>
/// Letters on their way to the mail server. They wait in memory alone, for they hold secrets that are stored as hashes only: a process that
/// ends loses what waits here, and its readers ask again. Posting takes no time, whatever the mail server does and whoever the letter is for.
/// </summary>
internal sealed class LetterBox
{
    private const int Most = 1000;

    private readonly Channel<Letter> _waiting = Channel.CreateBounded<Letter>(Most);

    /// <summary>False when more letters wait than can be sent soon; the letter is gone then.</summary>
    public bool Post(Letter letter) => _waiting.Writer.TryWrite(letter);

    public IAsyncEnumerable<Letter> TakeAsync(CancellationToken cancellationToken) =>
        _waiting.Reader.ReadAllAsync(cancellationToken);
}
