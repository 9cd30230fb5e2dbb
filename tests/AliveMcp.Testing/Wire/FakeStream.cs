using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace AliveMcp.Testing.Wire;

/// <summary>One GET stream of a legacy server: what is published goes to its reader.</summary>
internal sealed class FakeStream
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();

    public void Publish(string message) => _messages.Writer.TryWrite(message);

    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            string message;
            try
            {
                message = await _messages.Reader.ReadAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                yield break;
            }

            yield return message;
        }
    }
}
