using TypedTasks.Nats.JetStream;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>First deliveries come in the order of the stream; what goes back in it and is called the first is none.</summary>
public sealed class FirstDeliveriesTests
{
    private readonly FirstDeliveries _first = new();

    [Fact]
    public void A_delivery_that_goes_back_in_the_stream_is_not_the_first()
    {
        Assert.True(_first.Add(1, streamSequence: 7, consumerSequence: 1));
        Assert.True(_first.Add(1, streamSequence: 9, consumerSequence: 2));
        Assert.False(_first.Add(1, streamSequence: 9, consumerSequence: 4));
        Assert.False(_first.Add(1, streamSequence: 7, consumerSequence: 5));
        Assert.True(_first.Add(1, streamSequence: 10, consumerSequence: 6));
    }

    [Fact]
    public void One_that_the_server_counts_as_repeated_says_nothing_of_those_that_follow()
    {
        Assert.False(_first.Add(2, streamSequence: 20, consumerSequence: 1));
        Assert.True(_first.Add(1, streamSequence: 3, consumerSequence: 2));
    }

    [Fact]
    public void A_consumer_that_was_made_anew_begins_anew()
    {
        Assert.True(_first.Add(1, streamSequence: 500, consumerSequence: 40));
        Assert.True(_first.Add(1, streamSequence: 1, consumerSequence: 1));
        Assert.False(_first.Add(1, streamSequence: 1, consumerSequence: 2));
    }
}
