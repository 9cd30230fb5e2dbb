using System.Net;
using System.Net.Sockets;

namespace AliveMcp.Egress;

/// <summary>
/// Asks the operating system for the addresses of a name, on a few threads of its own: <c>getaddrinfo</c> blocks, may hang for longer than any
/// probe lasts and cannot be called off, so it must hold up neither the pool nor a deadline. One question serves all who ask for the same name.
/// </summary>
/// <param name="mostThreads">Names that are asked for at the same time; further ones wait.</param>
/// <param name="ask">Blocks until it knows.</param>
/// <param name="isHeard">Whether this machine's name servers answer at all, asked when a question failed without a verdict.</param>
internal sealed class SystemResolver(
    int mostThreads,
    Func<string, IPAddress[]> ask,
    Func<CancellationToken, Task<bool>> isHeard
)
{
    private readonly Lock _gate = new();
    private readonly Queue<Question> _waiting = new();
    private readonly Dictionary<string, Question> _open = new(StringComparer.OrdinalIgnoreCase);
    private int _threads;

    /// <summary>The one of the process.</summary>
    public static SystemResolver Shared { get; } = new(32, Dns.GetHostAddresses, ResolverPulse.IsHeardAsync);

    /// <exception cref="SocketException">The name does not resolve.</exception>
    /// <exception cref="ResolverFaultException">It is this machine that could not ask.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var question = Put(host);
        try
        {
            return await question.Answer.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!question.Begun)
        {
            throw new ResolverFaultException("so many names were being asked for that this one's turn did not come");
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.TryAgain)
        {
            // The zone's servers failed, or nobody answered us: the error is the same, the blame is not.
            if (await isHeard(cancellationToken))
            {
                throw;
            }

            throw new ResolverFaultException("this machine's name servers do not answer");
        }
        finally
        {
            Interlocked.Decrement(ref question.Waiting);
        }
    }

    private Question Put(string host)
    {
        lock (_gate)
        {
            if (_open.TryGetValue(host, out var asked))
            {
                Interlocked.Increment(ref asked.Waiting);
                return asked;
            }

            var question = new Question(host) { Waiting = 1 };
            _open.Add(host, question);
            _waiting.Enqueue(question);
            if (_threads < mostThreads)
            {
                _threads++;
                new Thread(Work) { IsBackground = true, Name = "resolver" }.Start();
            }

            return question;
        }
    }

    private void Work()
    {
        while (Next() is { } question)
        {
            try
            {
                var found = ask(question.Host);
                Close(question);
                question.Answer.TrySetResult(found);
            }
            catch (Exception e)
            {
                Close(question);
                question.Answer.TrySetException(e);
            }
        }
    }

    private Question? Next()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out var question))
            {
                if (Volatile.Read(ref question.Waiting) > 0)
                {
                    question.Begun = true;
                    return question;
                }

                // Whoever asked has left: names that hang must not hold up those of the living.
                _open.Remove(question.Host);
            }

            _threads--;
            return null;
        }
    }

    private void Close(Question question)
    {
        lock (_gate)
        {
            _open.Remove(question.Host);
        }
    }

    private sealed class Question(string host)
    {
        public string Host => host;

        public volatile bool Begun;

        /// <summary>How many wait for the answer.</summary>
        public int Waiting;

        // Whoever waits goes on elsewhere: the thread has further names to ask for.
        public TaskCompletionSource<IPAddress[]> Answer { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
